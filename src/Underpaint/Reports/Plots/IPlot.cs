namespace Underpaint.Reports.Plots;

/// <summary>A plot that can be drawn for light and for dark pages.</summary>
internal interface IPlot
{
    /// <summary>Whether there is anything to draw.</summary>
    bool HasPoints { get; }

    /// <summary>Height on the page.</summary>
    int Height => PlotSheet.UsualHeight;

    /// <summary>Draws the plot.</summary>
    /// <returns>A PNG of <see cref="PlotSheet.Width"/>×<see cref="Height"/> units at two pixels each.</returns>
    byte[] ToPng(PlotTheme theme);
}
