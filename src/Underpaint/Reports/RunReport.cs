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
    public static string Render(RunReportData data) => Page.Of("run report", data.Title, Html.Of($"""<p class="lead">{Summary.Of(data)}</p>"""),
        Html.Of($"""
        {MetricsSection.Of(data)}{StepsSection.Of(data)}{CurvesSection.Of(data)}{NoiseSection.Of(data)}{GrowthSection.Of(data)}
        {RecordSections.Recipe(data)}{RecordSections.Environment(data)}{RecordSections.Skipped(data)}
        """));
}
