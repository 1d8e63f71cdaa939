using System.Text;

namespace Underpaint.Reports.Pages;

/// <summary>What is around the content of every page: styles, fonts, the heading, and the rule that nothing is loaded or run.</summary>
internal static class Page
{
    /// <summary>A whole page.</summary>
    /// <param name="kind">What it is: "run report".</param>
    /// <param name="title">Its title.</param>
    /// <param name="lead">The page in one or two sentences.</param>
    /// <param name="content">Its sections.</param>
    public static Html Of(string kind, string title, string lead, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'">
        <title>{title} · Underpaint</title>
        <style>
        {FontFace(400, semiBold: false)}
        {FontFace(600, semiBold: true)}
        {Styles}
        </style>
        </head>
        <body>
        <main>
        <header>
        <p class="small">Underpaint · {kind}</p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        </header>
        {content}
        </main>
        </body>
        </html>

        """);

    private static Html Styles => Html.Trusted(Encoding.UTF8.GetString(EmbeddedFile.Read("RunReport.css")));

    private static Html FontFace(int weight, bool semiBold) => Html.Of($$"""
        @font-face {
          font-family: "{{PictureFont.Family}}"; font-weight: {{weight}};
          src: url({{Thumbnail.DataAddress("font/otf", PictureFont.File(semiBold))}});
        }
        """);
}
