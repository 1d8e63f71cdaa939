using System.Runtime.InteropServices;

namespace Underpaint.Data.Images;

/// <summary>
/// Memory for some rows of an image as a decoder writes them, in RGBA; hands them on upright and in RGB. Transparent pixels are
/// laid on white.
/// </summary>
internal sealed unsafe class ImageStrip : IDisposable
{
    private readonly int _width, _height;
    private readonly Orientation _orientation;
    private readonly Rgba* _pixels;
    private readonly byte[] _line;

    /// <summary>Allocates the memory.</summary>
    /// <param name="rows">Rows of the strip.</param>
    /// <param name="width">Width of the image, as it is stored.</param>
    /// <param name="height">Height of the image, as it is stored.</param>
    /// <param name="orientation">How it is stored.</param>
    public ImageStrip(int rows, int width, int height, Orientation orientation)
    {
        (Rows, _width, _height, _orientation) = (rows, width, height, orientation);
        _line = new byte[width * 3];
        // Not the garbage collector's: hundreds of megabytes go back to the system as soon as they are no longer needed.
        _pixels = (Rgba*)NativeMemory.Alloc((nuint)rows * (nuint)width, (nuint)sizeof(Rgba));
    }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; }

    /// <summary>Where a decoder writes.</summary>
    public nint Address => (nint)_pixels;

    /// <summary>Hands rows on.</summary>
    /// <param name="top">The first row's number in the image as it is stored.</param>
    /// <param name="count">How many.</param>
    /// <param name="taker">Takes them.</param>
    public void Pass(int top, int count, ILineTaker taker)
    {
        for (int i = 0; i < count; i++)
        {
            Convert(new(_pixels + (long)i * _width, _width));
            taker.Take(_orientation.LastRowFirst ? _height - 1 - top - i : top + i, _line);
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => NativeMemory.Free(_pixels);

    private void Convert(ReadOnlySpan<Rgba> row)
    {
        (int to, int step) = _orientation.LastColumnFirst ? (_line.Length - 3, -3) : (0, 3);
        foreach (Rgba pixel in row)
        {
            _line[to] = OnWhite(pixel.Red, pixel.Alpha);
            _line[to + 1] = OnWhite(pixel.Green, pixel.Alpha);
            _line[to + 2] = OnWhite(pixel.Blue, pixel.Alpha);
            to += step;
        }
    }

    private static byte OnWhite(byte color, byte alpha) =>
        alpha == 255 ? color : (byte)((color * alpha + 255 * (255 - alpha) + 127) / 255);

    private readonly record struct Rgba(byte Red, byte Green, byte Blue, byte Alpha);
}
