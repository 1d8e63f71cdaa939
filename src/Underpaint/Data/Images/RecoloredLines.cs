namespace Underpaint.Data.Images;

/// <summary>Passes lines on in grey instead of colour, or the other way round.</summary>
/// <param name="next">Takes them.</param>
/// <param name="channels">The channels that come, 1 or 3; the others go on.</param>
internal sealed class RecoloredLines(IImageMaker next, int channels) : IImageMaker
{
    private byte[] _line = [];

    /// <inheritdoc/>
    public PixelImage Image => next.Image;

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<byte> line)
    {
        int length = channels == 3 ? line.Length / 3 : line.Length * 3;
        if (_line.Length != length)
            _line = new byte[length];
        if (channels == 3)
            ToGrey(line);
        else
            ToRgb(line);
        next.Take(index, _line);
    }

    /// <summary>Luma in 16-bit fixed point, with the same numbers as Pillow's mode L.</summary>
    private void ToGrey(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < _line.Length; i++)
        {
            ReadOnlySpan<byte> rgb = line.Slice(i * 3, 3);
            _line[i] = (byte)((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
        }
    }

    private void ToRgb(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < _line.Length; i++)
            _line[i] = line[i / 3];
    }
}
