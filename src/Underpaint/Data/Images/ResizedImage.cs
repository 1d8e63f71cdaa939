namespace Underpaint.Data.Images;

/// <summary>
/// A window of an image after resizing, made while the image's lines come, of which only a few are held in memory. Antialiased
/// bilinear, with the same numbers as Pillow's BILINEAR: a triangle filter as wide as the reduction, one pass along rows and
/// then one along columns, each in 22-bit fixed point and rounded to 8 bits.
/// </summary>
internal sealed class ResizedImage : IImageMaker
{
    private readonly int _channels;
    private readonly bool _byColumns;
    private readonly Tap[] _columns, _rows;
    private readonly byte[] _narrow;
    private readonly int _first;
    private readonly LineSums _sums;

    /// <summary>Prepares for the lines.</summary>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="channels">The image's channels; the result has as many.</param>
    /// <param name="byColumns">Whether the lines are columns.</param>
    /// <param name="window">What of the resized image is wanted.</param>
    public ResizedImage(int width, int height, int channels, bool byColumns, ResizedWindow window)
    {
        (_channels, _byColumns) = (channels, byColumns);
        _columns = Tap.Line(width, window.FullWidth, window.Left, window.Width);
        _rows = Tap.Line(height, window.FullHeight, window.Top, window.Height);
        Image = new(window.Width, window.Height, channels, new byte[window.Width * window.Height * channels]);
        // The pass along rows is always the first, because it is rounded: within each row, or across the columns that come.
        _narrow = new byte[(byColumns ? window.Height : window.Width) * channels];
        _first = byColumns ? _rows[0].First : 0;
        _sums = byColumns
            ? new LineSums(_columns, (_rows[^1].End - _first) * channels, PutColumn)
            : new LineSums(_rows, window.Width * channels, PutRow);
    }

    /// <inheritdoc/>
    public PixelImage Image { get; }

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<byte> line)
    {
        if (!_sums.Wants(index))
            return;
        if (_byColumns)
        {
            _sums.Add(index, line[(_first * _channels)..]);
            return;
        }
        Filter(_columns, line);
        _sums.Add(index, _narrow);
    }

    private void PutRow(int y, ReadOnlySpan<byte> row) => row.CopyTo(Image.Pixels.AsSpan(y * row.Length));

    private void PutColumn(int x, ReadOnlySpan<byte> column)
    {
        Filter(_rows, column);
        for (int y = 0; y < Image.Height; y++)
        {
            for (int c = 0; c < _channels; c++)
                Image.Pixels[(y * Image.Width + x) * _channels + c] = _narrow[y * _channels + c];
        }
    }

    private void Filter(Tap[] taps, ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < taps.Length; i++)
        {
            for (int c = 0; c < _channels; c++)
                _narrow[i * _channels + c] = taps[i].Sum(line[((taps[i].First - _first) * _channels + c)..], _channels);
        }
    }
}
