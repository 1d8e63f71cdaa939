using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage.Zip;

/// <summary>A piece of a file, as a stream to read. The file stays open, and others may read it meanwhile.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the piece begins.</param>
/// <param name="length">How long it is; a file that ends before shortens it.</param>
internal sealed class ZipPiece(SafeFileHandle file, long start, long length) : Stream
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

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - _done);
        int read = wanted == 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], start + _done);
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
