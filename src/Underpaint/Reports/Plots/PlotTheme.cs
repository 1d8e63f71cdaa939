using ScottPlot;

namespace Underpaint.Reports.Plots;

/// <summary>The colours of plots on light and on dark pages; the same as in Page.css.</summary>
internal sealed record PlotTheme(Color Paper, Color Muted, Color Rule)
{
    public static readonly PlotTheme Light = new(new("#FBFAF7"), new("#6F675E"), new("#E6E1D9"));
    public static readonly PlotTheme Dark = new(new("#191715"), new("#A69D92"), new("#35312C"));

    /// <summary>Burnt sienna, the colour of structure: readable on both papers, as the others.</summary>
    public static readonly Color Structure = new("#C4663A");

    /// <summary>Blue, the colour of detail.</summary>
    public static readonly Color Detail = new("#4683B5");

    /// <summary>For what is neither.</summary>
    public static readonly Color Neutral = new("#8A8378");

    /// <summary>Shades every second phase; the grid shows through.</summary>
    public static readonly Color Band = new Color("#B08A50").WithAlpha(0.13);

    private static readonly Color[] RunColors = [Detail, Structure, new("#4E9F8F"), new("#8B6BB1"), new("#C79A32"), new("#B5597F"), Neutral];

    // More colours could not be told apart on either paper.
    private static readonly LinePattern[] RoundPatterns =
        [LinePattern.Solid, new([8, 4], 0, "dashed"), new([2, 3], 0, "dotted"), new([8, 3, 2, 3], 0, "dash-dotted")];

    /// <summary>The colours of runs that are compared, in turn.</summary>
    /// <param name="index">The run's place.</param>
    public static Color OfRun(int index) => RunColors[index % RunColors.Length];

    /// <summary>How a run's line is broken: another way in each round of the colours, so that 28 lines differ.</summary>
    /// <param name="index">The run's place.</param>
    public static LinePattern PatternOfRun(int index) => RoundPatterns[RoundOfRun(index)];

    /// <summary>How often all colours were given before a run's turn came, up to three times.</summary>
    /// <param name="index">The run's place.</param>
    public static int RoundOfRun(int index) => index / RunColors.Length % RoundPatterns.Length;

    /// <summary>From <see cref="Detail"/> at the lowest noise level to <see cref="Structure"/> at the highest.</summary>
    /// <param name="share">0 … 1.</param>
    public static Color OfNoiseLevel(double share)
    {
        Color[] ramp = [Detail, new("#55A79A"), new("#D1A53A"), Structure];
        double place = share * (ramp.Length - 1);
        int below = Math.Min((int)place, ramp.Length - 2);
        return ramp[below].InterpolateRgb(ramp[below + 1], place - below);
    }
}
