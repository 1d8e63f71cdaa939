using System.Text;

namespace Underpaint.Reports.Pages;

/// <summary>
/// The frame of every page: it holds its pictures, fonts and styles itself, loads nothing and runs no scripts, so that it can be moved,
/// mailed and kept; it is readable from 400 units of width, in light and in dark.
/// </summary>
internal static class Page
{
    /// <param name="kind">What kind of page it is, in small letters above the title.</param>
    /// <param name="title">The title.</param>
    /// <param name="lead">What stands below the title.</param>
    /// <param name="body">The sections.</param>
    public static string Of(string kind, string title, Html lead, Html body) => Html.Of($"""
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
        {lead}
        </header>
        {body}
        </main>
        </body>
        </html>

        """).ToString();

    private static Html Styles => Html.Trusted(Encoding.UTF8.GetString(EmbeddedFile.Read("Page.css")));

    private static Html FontFace(int weight, bool semiBold) => Html.Of($$"""
        @font-face {
          font-family: "{{PictureFont.Family}}"; font-weight: {{weight}};
          src: url({{Thumbnail.DataAddress("font/otf", PictureFont.File(semiBold))}});
        }
        """);
}
