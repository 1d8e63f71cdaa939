using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage.Zip;

/// <summary>A piece of a file, as a stream to read. The file stays open, and others may read it meanwhile.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="file">The same, open.</param>
/// <param name="start">Where the piece begins.</param>
/// <param name="length">How long it is; a file that ends before shortens it.</param>
internal sealed class ZipPiece(string path, SafeFileHandle file, long start, long length) : Stream
{
    private long _done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _done;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads some of a file: as much as comes at once, and nothing at its end.</summary>
    /// <exception cref="UnderpaintException">The disk fails, which says nothing about the archive.</exception>
    public static int Read(string path, SafeFileHandle file, Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(file, buffer, offset);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - _done);
        int read = wanted == 0 ? 0 : Read(path, file, buffer[..wanted], start + _done);
        _done += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
