using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>How many pictures a sheet shows, so that it stays within <see cref="PictureGrid.MaxSide"/> and a person finds their way on it.</summary>
internal static class SheetSize
{
    private const int MostRows = 24, MostAcross = 8;

    // Room for a picture's caption and gap, and for its share of the sheet's margins.
    private const int Extra = 64;

    /// <summary>How many rows of such pictures.</summary>
    public static int RowsOf(PixelImage image) => Fitting(image, image.Height, MostRows);

    /// <summary>How many such pictures in a row.</summary>
    /// <param name="image">One of them.</param>
    /// <param name="most">How many are enough.</param>
    public static int ColumnsOf(PixelImage image, int most) => Fitting(image, image.Width, most);

    /// <summary>How many such pictures across, and as many down.</summary>
    public static int SideOf(PixelImage image) => Fitting(image, Math.Max(image.Width, image.Height), MostAcross);

    private static int Fitting(PixelImage image, int length, int most) =>
        Math.Clamp(PictureGrid.MaxSide / (length * PictureGrid.FactorFor(image.Width, image.Height) + Extra), 1, most);
}
