using System.Text;
using Underpaint.Reports.Pages;

namespace Underpaint.Reports;

/// <summary>A run as one page of HTML: figures, pictures, curves, and what is needed to repeat it.</summary>
public static class RunReport
{
    /// <summary>
    /// Writes the page. It holds its pictures, fonts and styles itself, loads nothing and runs no scripts, so that it can be moved,
    /// mailed and kept; it is readable from 400 units of width, in light and in dark. Parts of the data that are empty are left out.
    /// Pictures above 128 pixels are stored smaller (at most 256) and with a small loss.
    /// </summary>
    /// <param name="data">What the report shows; all texts are escaped.</param>
    /// <returns>The HTML file's text, to be saved as UTF-8.</returns>
    public static string Render(RunReportData data) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'">
        <title>{data.Title} · Underpaint</title>
        <style>
        {FontFace(400, semiBold: false)}
        {FontFace(600, semiBold: true)}
        {Styles}
        </style>
        </head>
        <body>
        <main>
        <header>
        <p class="small">Underpaint · run report</p>
        <h1>{data.Title}</h1>
        <p class="lead">{Summary.Of(data)}</p>
        </header>
        {MetricsSection.Of(data)}{StepsSection.Of(data)}{CurvesSection.Of(data)}{NoiseSection.Of(data)}{GrowthSection.Of(data)}
        {RecordSections.Recipe(data)}{RecordSections.Environment(data)}{RecordSections.Skipped(data)}
        </main>
        </body>
        </html>

        """).ToString();

    private static Html Styles => Html.Trusted(Encoding.UTF8.GetString(EmbeddedFile.Read("RunReport.css")));

    private static Html FontFace(int weight, bool semiBold) => Html.Of($$"""
        @font-face {
          font-family: "{{PictureFont.Family}}"; font-weight: {{weight}};
          src: url({{Thumbnail.DataAddress("font/otf", PictureFont.File(semiBold))}});
        }
        """);
}
