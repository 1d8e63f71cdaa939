using SkiaSharp;

namespace Underpaint.Data.Images;

/// <summary>
/// An image that is decoded row by row, or at once where its format gives no rows, and passed on line by line. The bytes must stay
/// where they are until it is disposed.
/// </summary>
internal sealed unsafe class EncodedImage : IDisposable
{
    private const int BytesPerPixel = 4;

    // What is read row by row need not be more at once than fits into the processor's caches.
    private const int RowsBytes = 1 << 20;

    private readonly byte* _bytes;
    private readonly int _length;
    private readonly string _name;
    private readonly DecodeLimits _limits;
    private readonly SKData _data;
    private readonly SKCodec _codec;
    private readonly SKImageInfo _info;
    private IDisposable? _reserved;

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

    /// <summary>Reserves the memory that decoding takes until the image is disposed; waits for it where others are decoding too.</summary>
    /// <param name="others">Bytes that the result takes, beside the file and the decoder.</param>
    /// <returns>How many rows to decode at once.</returns>
    /// <exception cref="FileFormatException">It takes more than the limits allow.</exception>
    public int Reserve(long others)
    {
        CodecMemory codec = CodecMemory.Of(_codec, new(_bytes, _length));
        int rowBytes = _info.Width * (BytesPerPixel + codec.BytesPerPixel);
        int rows = ComesByRows ? Math.Clamp(RowsBytes / rowBytes, 1, _info.Height) : _info.Height;
        long bytes = _length + codec.Bytes + others + (long)rows * rowBytes;
        _limits.CheckMemory(_name, bytes);
        _reserved = MemoryBudget.Decoding.Take(bytes);
        return rows;
    }

    /// <summary>Decodes the image; its lines come upright, as columns where <see cref="Orientation"/> says so.</summary>
    /// <param name="taker">Takes the lines, of 3 channels.</param>
    /// <param name="rows">As <see cref="Reserve"/> says.</param>
    /// <exception cref="FileFormatException">It is damaged or cut off.</exception>
    public void Decode(ILineTaker taker, int rows)
    {
        using var strip = new ImageStrip(rows, _info.Width, _info.Height, Orientation);
        if (ComesByRows)
            DecodeRows(strip, taker);
        else
            DecodeAtOnce(strip, taker);
    }

    /// <summary>Closes the decoder.</summary>
    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
        _reserved?.Dispose();
    }

    private bool ComesByRows => _codec.EncodedFormat is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp;

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
            strip.Pass(isFromBottom ? _info.Height - done - count : done, count, taker);
        }
    }

    private void DecodeAtOnce(ImageStrip strip, ILineTaker taker)
    {
        Check(_codec.GetPixels(_info, strip.Address));
        strip.Pass(0, _info.Height, taker);
    }

    private void Check(SKCodecResult result)
    {
        if (result != SKCodecResult.Success)
            throw Incomplete(result == SKCodecResult.IncompleteInput ? "is cut off" : $"is damaged ({result})");
    }

    private FileFormatException Incomplete(string problem) => new(_name, $"{problem}: not all pixels can be decoded",
        "Replace the image by an intact copy, or leave it out.");
}
