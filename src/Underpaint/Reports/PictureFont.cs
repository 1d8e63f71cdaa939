using ScottPlot;
using SkiaSharp;

namespace Underpaint.Reports;

/// <summary>
/// The typeface of all pictures and reports (Inter, in Fonts/): embedded, so that they look the same everywhere and have text
/// on machines without any fonts.
/// </summary>
internal static class PictureFont
{
    /// <summary>The name that plots and pages know it by; no installed font has it.</summary>
    // Not a constant: reading it must run the static constructor, without which the plot library does not know the name.
    public static string Family { get; } = "Underpaint Inter";

    private static readonly Lazy<SKTypeface> LazyRegular = new(() => Load(Resource("Inter-Regular.otf")));
    private static readonly Lazy<SKTypeface> LazySemiBold = new(() => Load(Resource("Inter-SemiBold.otf")));

    static PictureFont() => Fonts.FontResolvers.Insert(0, new PlotResolver());

    public static SKTypeface Regular => LazyRegular.Value;

    public static SKTypeface SemiBold => LazySemiBold.Value;

    /// <summary>The font file itself, for pages.</summary>
    public static byte[] File(bool semiBold) => Resource(semiBold ? "Inter-SemiBold.otf" : "Inter-Regular.otf");

    private static byte[] Resource(string name) => EmbeddedFile.Read("Fonts." + name);

    private static SKTypeface Load(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        return SKTypeface.FromData(data);
    }

    /// <summary>Hands the plot library the embedded typeface under <see cref="Family"/>, and leaves other names to others.</summary>
    private sealed class PlotResolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            fontName == Family ? bold ? SemiBold : Regular : null;

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);
    }
}
