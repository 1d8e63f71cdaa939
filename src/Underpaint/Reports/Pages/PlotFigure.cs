using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages;

/// <summary>A plot with its title and legend, in a light and a dark version of which the browser shows one.</summary>
internal static class PlotFigure
{
    /// <summary>The figure; nothing when the plot has no points.</summary>
    /// <param name="title">What the plot shows.</param>
    /// <param name="plot">The plot.</param>
    /// <param name="withLegend">Whether the lines are named above the plot; a single line never is.</param>
    public static Html Of(string title, CurvePlot plot, bool withLegend = true) => plot.HasPoints
        ? Of(title, "over images seen", withLegend && plot.Series.Count > 1 ? Legend(plot.Series) : Html.Empty, PlotSheet.UsualHeight, plot.ToPng)
        : Html.Empty;

    /// <summary>The figure, without a legend; nothing when the plot has no points.</summary>
    /// <param name="title">What the plot shows.</param>
    /// <param name="axes">What its axes are, such as "over network calls" or "PSNR over linear probe".</param>
    /// <param name="plot">The plot.</param>
    public static Html Of(string title, string axes, IPlot plot) => plot.HasPoints
        ? Of(title, axes, Html.Of($"""<span class="legend">{axes}</span>"""), plot.Height, plot.ToPng)
        : Html.Empty;

    /// <summary>The names of the lines, each with a piece of it.</summary>
    public static Html Legend(IEnumerable<CurveSeries> series) => Html.Of($"""
        <span class="legend">{series.Select(Entry)}</span>
        """);

    private static Html Entry(CurveSeries line) => Html.Of($"""
        <span><i style="background:{BackgroundOf(line)}"></i>{line.Name}</span>

        """);

    // Where a line has gaps the paper shows, light or dark.
    private static string BackgroundOf(CurveSeries line)
    {
        string color = line.Color.ToStringRGB();
        if (line.Pattern.Intervals is not { Length: > 0 } lengths)
            return color;
        IEnumerable<string> stops = lengths.Select((_, i) =>
            Figures.Invariant($"{(i % 2 == 0 ? color : "transparent")} {lengths.Take(i).Sum()}px {lengths.Take(i + 1).Sum()}px"));
        return $"repeating-linear-gradient(90deg,{string.Join(',', stops)})";
    }

    private static Html Of(string title, string across, Html legend, int height, Func<PlotTheme, byte[]> draw) => Html.Of($"""
        <figure class="plot">
        <figcaption><strong>{title}</strong>{legend}</figcaption>
        <picture>
        <source media="(prefers-color-scheme: dark)" srcset="{Source(draw(PlotTheme.Dark))}">
        <img width="{PlotSheet.Width}" height="{height}" alt="{title} {across}" src="{Source(draw(PlotTheme.Light))}">
        </picture>
        </figure>

        """);

    private static Html Source(byte[] png) => Thumbnail.DataAddress("image/png", png);
}
