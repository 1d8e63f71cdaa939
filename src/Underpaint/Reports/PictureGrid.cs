using SkiaSharp;

namespace Underpaint.Reports;

/// <summary>
/// A labelled sheet of pictures: column headers above, row labels on the left, a caption under each picture. Small images are
/// enlarged by a whole factor with hard pixel edges, so that nothing is shown that is not there.
/// </summary>
public sealed record PictureGrid
{
    /// <summary>The largest width and height of a sheet, in pixels: the largest that Underpaint itself would read again.</summary>
    public const int MaxSide = 16_384;

    private const int Padding = 24;
    private const int Gap = 12;
    private const int TextSize = 13;
    private const int LineHeight = 20;

    private static readonly SKColor Paper = new(0xFB, 0xFA, 0xF7);
    private static readonly SKColor Ink = new(0x26, 0x22, 0x1D);
    private static readonly SKColor Muted = new(0x6F, 0x67, 0x5E);

    /// <summary>The headers of the columns, from left to right; may be empty.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The rows from top to bottom; at least one picture among them.</summary>
    public required IReadOnlyList<PictureRow> Rows { get; init; }

    /// <summary>
    /// How many times larger a picture of this size is drawn: the largest whole factor that keeps it within 128 pixels, at least 1.
    /// </summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static int FactorFor(int width, int height) => Math.Max(1, 128 / Math.Max(width, height));

    /// <summary>Draws the sheet.</summary>
    /// <returns>The bytes of an RGB PNG.</returns>
    /// <exception cref="UnderpaintException">
    /// There is no picture, or the sheet would be wider or higher than <see cref="MaxSide"/>.
    /// </exception>
    public byte[] ToPng()
    {
        Layout layout = Arrange();
        using var bitmap = new SKBitmap(layout.Width, layout.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Paper);
        DrawHeaders(canvas, layout);
        for (int row = 0; row < Rows.Count; row++)
            DrawRow(canvas, layout, row);
        canvas.Flush();
        return Png.Encode(bitmap);
    }

    private Layout Arrange()
    {
        PictureCell[] cells = [.. Rows.SelectMany(row => row.Cells).OfType<PictureCell>()];
        if (cells.Length == 0)
            throw new UnderpaintException("A picture sheet without pictures cannot be drawn.", "Give at least one picture.");
        using SKFont font = FontOf(PictureFont.Regular), headerFont = FontOf(PictureFont.SemiBold);
        float texts = cells.Max(cell => font.MeasureText(cell.Caption ?? ""));
        if (Columns.Count > 0)
            texts = Math.Max(texts, Columns.Max(column => headerFont.MeasureText(column)));
        float labels = Rows.Max(row => font.MeasureText(row.Label));

        var layout = new Layout(
            CellWidth: Math.Max(cells.Max(cell => cell.Image.Width * FactorOf(cell)), (int)Math.Ceiling(texts)),
            CellHeight: cells.Max(cell => cell.Image.Height * FactorOf(cell)),
            CaptionHeight: cells.Any(cell => cell.Caption is not null) ? LineHeight : 0,
            LabelWidth: labels > 0 ? (int)Math.Ceiling(labels) + Gap : 0,
            HeaderHeight: Columns.Count > 0 ? LineHeight + Gap / 2 : 0,
            Columns: Math.Max(Columns.Count, Rows.Max(row => row.Cells.Count)),
            Rows: Rows.Count);
        // In 64 bits: a sheet that is far too large must not wrap around into one that is not.
        if ((long)layout.Columns * (layout.CellWidth + Gap) > MaxSide || (long)layout.Rows * layout.RowHeight > MaxSide
            || layout.Width > MaxSide || layout.Height > MaxSide)
            throw new UnderpaintException(
                $"A sheet of {layout.Rows} rows and {layout.Columns} columns would be larger than {MaxSide} pixels.",
                "Put fewer pictures on one sheet.");
        return layout;
    }

    private void DrawHeaders(SKCanvas canvas, Layout layout)
    {
        using SKFont font = FontOf(PictureFont.SemiBold);
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        for (int column = 0; column < Columns.Count; column++)
            canvas.DrawText(Columns[column], layout.CentreOf(column), Padding + TextSize, SKTextAlign.Center, font, paint);
    }

    private void DrawRow(SKCanvas canvas, Layout layout, int row)
    {
        using SKFont font = FontOf(PictureFont.Regular);
        using var paint = new SKPaint { Color = Muted, IsAntialias = true };
        int top = layout.TopOf(row);
        canvas.DrawText(Rows[row].Label, Padding, top + layout.CellHeight / 2 + TextSize / 3f, SKTextAlign.Left, font, paint);
        for (int column = 0; column < Rows[row].Cells.Count; column++)
        {
            if (Rows[row].Cells[column] is not { } cell)
                continue;
            DrawPicture(canvas, cell, layout.CentreOf(column), top);
            int baseline = top + layout.CellHeight + TextSize + 3;
            canvas.DrawText(cell.Caption ?? "", layout.CentreOf(column), baseline, SKTextAlign.Center, font, paint);
        }
    }

    private static void DrawPicture(SKCanvas canvas, PictureCell cell, int centre, int top)
    {
        using SKBitmap pixels = Png.ToBitmap(cell.Image);
        using SKImage picture = SKImage.FromBitmap(pixels);
        int width = cell.Image.Width * FactorOf(cell), height = cell.Image.Height * FactorOf(cell);
        canvas.DrawImage(picture, SKRect.Create(centre - width / 2, top, width, height), new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static int FactorOf(PictureCell cell) => FactorFor(cell.Image.Width, cell.Image.Height);

    private static SKFont FontOf(SKTypeface typeface) => new(typeface, TextSize) { Subpixel = true, Edging = SKFontEdging.Antialias };

    private sealed record Layout(
        int CellWidth, int CellHeight, int CaptionHeight, int LabelWidth, int HeaderHeight, int Columns, int Rows)
    {
        public int RowHeight => CellHeight + CaptionHeight + Gap;

        public int Width => 2 * Padding + LabelWidth + Columns * (CellWidth + Gap) - Gap;

        public int Height => 2 * Padding + HeaderHeight + Rows * RowHeight - Gap;

        public int TopOf(int row) => Padding + HeaderHeight + row * RowHeight;

        public int CentreOf(int column) => Padding + LabelWidth + column * (CellWidth + Gap) + CellWidth / 2;
    }
}
