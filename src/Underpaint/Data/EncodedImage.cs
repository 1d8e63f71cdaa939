using SkiaSharp;

namespace Underpaint.Data;

/// <summary>
/// An image that is decoded row by row, or in strips as high as memory allows, and passed on line by line. The bytes must stay
/// where they are until it is disposed.
/// </summary>
internal sealed unsafe class EncodedImage : IDisposable
{
    private const int BytesPerPixel = 4;

    // Formats that are read row by row need no higher strips than fit into the processor's caches.
    private const int RowsBytes = 1 << 20;

    // All others begin anew for every strip: a file must not ask for that again and again.
    private const int MostStrips = 16;

    // WebP smooths over the rows of neighbouring blocks: a strip's outermost rows would not be what they are in the whole image.
    private const int WebpMargin = 16;

    private readonly byte* _bytes;
    private readonly int _length;
    private readonly string _name;
    private readonly DecodeLimits _limits;
    private readonly SKData _data;
    private readonly SKCodec _codec;
    private readonly SKImageInfo _info;

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="limits">What is refused.</param>
    /// <exception cref="FileFormatException">It is no such image, holds several frames, or breaks a limit.</exception>
    public EncodedImage(byte* bytes, int length, string name, DecodeLimits limits)
    {
        _bytes = bytes;
        (_length, _name, _limits) = (length, name, limits);
        limits.CheckBytes(name, length);
        _data = SKData.Create((nint)bytes, length);
        _codec = SKCodec.Create(_data);
        try
        {
            CheckHeader();
            using var sRgb = SKColorSpace.CreateSrgb();
            _info = new(_codec.Info.Width, _codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, sRgb);
            Orientation = Orientation.Of(_codec.EncodedOrigin);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How the rows lie in the file.</summary>
    public Orientation Orientation { get; }

    /// <summary>The upright image's width.</summary>
    public int Width => Orientation.IsTransposed ? _info.Height : _info.Width;

    /// <summary>The upright image's height.</summary>
    public int Height => Orientation.IsTransposed ? _info.Width : _info.Height;

    /// <summary>How many rows to decode at once.</summary>
    /// <param name="others">Bytes that the result takes, beside the file and the decoder.</param>
    /// <exception cref="FileFormatException">Memory is not enough for any number.</exception>
    public int RowsAtOnce(long others)
    {
        ReadOnlySpan<byte> file = new(_bytes, _length);
        CodecMemory codec = CodecMemory.Of(_codec, file);
        int height = _info.Height, rowBytes = _info.Width * (BytesPerPixel + codec.BytesPerPixel);
        (int least, int most) = _codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp => (1, Math.Max(1, RowsBytes / rowBytes)),
            SKEncodedImageFormat.Png => (StripRows, height),
            SKEncodedImageFormat.Webp when WebpFile.HasStrips(file) => (StripRows, height),
            _ => (height, height),
        };
        (least, most) = (Math.Min(least, height), Math.Min(most, height));
        long used = _length + codec.Bytes + others;
        _limits.CheckMemory(_name, used + (long)least * rowBytes);
        return (int)Math.Min((_limits.MaxMemory - used) / rowBytes, most);
    }

    /// <summary>Decodes the image; its lines come upright, as columns where <see cref="Orientation"/> says so.</summary>
    /// <param name="taker">Takes the lines, of 3 channels.</param>
    /// <param name="rows">As <see cref="RowsAtOnce"/> says.</param>
    /// <exception cref="FileFormatException">It is damaged or cut off.</exception>
    public void Decode(ILineTaker taker, int rows)
    {
        using var strip = new ImageStrip(rows, _info.Width, _info.Height, Orientation);
        if (_codec.EncodedFormat is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp)
            DecodeRows(strip, taker);
        else if (rows == _info.Height)
            DecodeAtOnce(strip, taker);
        else if (_codec.EncodedFormat == SKEncodedImageFormat.Png)
            DecodePngStrips(strip, taker);
        else
            DecodeWebpStrips(strip, taker);
    }

    /// <summary>Closes the decoder.</summary>
    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
    }

    private int StripRows => (_info.Height + MostStrips - 1) / MostStrips + 2 * WebpMargin;

    private void CheckHeader()
    {
        bool isKnown = _codec?.EncodedFormat is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp
            or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp;
        if (!isKnown)
            throw new FileFormatException(_name, "is not a JPEG, PNG, WebP, GIF or BMP image, or its header is damaged",
                "Convert the image, or leave it out.");
        _limits.CheckSize(_name, _codec!.Info.Width, _codec.Info.Height, _length);
        // Skia says 0 for formats that never hold more than one.
        if (_codec.FrameCount > 1)
            throw new FileFormatException(_name, $"is animated ({_codec.FrameCount} frames)",
                "Save one frame as a still image, or leave it out.");
    }

    private void DecodeRows(ImageStrip strip, ILineTaker taker)
    {
        Check(_codec.StartScanlineDecode(_info));
        for (int done = 0; done < _info.Height; done += strip.Rows)
        {
            int count = Math.Min(strip.Rows, _info.Height - done);
            if (_codec.GetScanlines(strip.Address, count, _info.RowBytes) < count)
                throw Incomplete("is damaged or cut off");
            // Of rows that come from the bottom up, Skia puts each group in the order of the image.
            bool isFromBottom = _codec.ScanlineOrder == SKCodecScanlineOrder.BottomUp;
            strip.Pass(isFromBottom ? _info.Height - done - count : done, skip: 0, count, taker);
        }
    }

    private void DecodeAtOnce(ImageStrip strip, ILineTaker taker)
    {
        Check(_codec.GetPixels(_info, strip.Address));
        strip.Pass(0, skip: 0, _info.Height, taker);
    }

    private void DecodePngStrips(ImageStrip strip, ILineTaker taker)
    {
        // A decoder that is stopped after its last row would not come to the checksum behind it.
        if (!PngFile.IsIntact(new(_bytes, _length)))
            throw Incomplete("is damaged or cut off");
        for (int top = 0; top < _info.Height; top += strip.Rows)
        {
            int count = Math.Min(strip.Rows, _info.Height - top);
            var rows = new SKCodecOptions(SKRectI.Create(0, top, _info.Width, count));
            Check(_codec.StartIncrementalDecode(_info, strip.Address, _info.RowBytes, rows));
            Check(_codec.IncrementalDecode());
            strip.Pass(top, skip: 0, count, taker);
        }
    }

    private void DecodeWebpStrips(ImageStrip strip, ILineTaker taker)
    {
        // WebP begins strips at even rows only.
        int height = _info.Height, step = (strip.Rows - 2 * WebpMargin) & ~1;
        for (int top = 0; top < height; top += step)
        {
            int first = Math.Max(0, top - WebpMargin), end = Math.Min(height, top + step + WebpMargin);
            SKRectI rows = SKRectI.Create(0, first, _info.Width, end - first);
            Check(_codec.GetPixels(_info.WithSize(rows.Width, rows.Height), strip.Address, new SKCodecOptions(rows)));
            strip.Pass(top, skip: top - first, Math.Min(step, height - top), taker);
        }
    }

    private void Check(SKCodecResult result)
    {
        if (result != SKCodecResult.Success)
            throw Incomplete(result == SKCodecResult.IncompleteInput ? "is cut off" : $"is damaged ({result})");
    }

    private FileFormatException Incomplete(string problem) => new(_name, $"{problem}: not all pixels can be decoded",
        "Replace the image by an intact copy, or leave it out.");
}
