namespace Underpaint.Tests.Data;

/// <summary>Writes GIF files of 256 greys.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="pixel">The grey of each pixel.</param>
internal sealed class TestGif(int width, int height, Func<int, int, byte> pixel)
{
    private const int Clear = 256, End = 257, MostCodes = 4096;

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        stream.Write([.. "GIF89a"u8, .. size, 0xF7, 0, 0]);
        stream.Write([.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)i, (byte)i])]);
        stream.Write([0x2C, 0, 0, 0, 0, .. size, 0, 8]);
        var codes = new Codes(stream);
        WriteCodes(codes);
        codes.Finish();
        stream.Write([0, 0x3B]);
    }

    private void WriteCodes(Codes codes)
    {
        var known = new Dictionary<int, int>();
        codes.Write(Clear, 9);
        int bits = 9, next = End + 1, prefix = -1;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                byte grey = pixel(x, y);
                if (prefix < 0)
                    prefix = grey;
                else if (known.TryGetValue(prefix << 8 | grey, out int longer))
                    prefix = longer;
                else
                {
                    codes.Write(prefix, bits);
                    known[prefix << 8 | grey] = next;
                    if (next == 1 << bits)
                        bits++;
                    if (++next == MostCodes)
                    {
                        codes.Write(Clear, bits);
                        known.Clear();
                        (bits, next) = (9, End + 1);
                    }
                    prefix = grey;
                }
            }
        }
        codes.Write(prefix, bits);
        codes.Write(End, next == 1 << bits ? bits + 1 : bits);
    }

    private sealed class Codes(Stream stream)
    {
        private readonly byte[] _block = new byte[256];
        private uint _bits;
        private int _count, _length;

        public void Write(int code, int bits)
        {
            (_bits, _count) = (_bits | (uint)code << _count, _count + bits);
            for (; _count >= 8; (_bits, _count) = (_bits >> 8, _count - 8))
                Put((byte)_bits);
        }

        public void Finish()
        {
            if (_count > 0)
                Put((byte)_bits);
            Flush();
        }

        private void Put(byte value)
        {
            _block[++_length] = value;
            if (_length == 255)
                Flush();
        }

        private void Flush()
        {
            if (_length == 0)
                return;
            _block[0] = (byte)_length;
            stream.Write(_block.AsSpan(0, _length + 1));
            _length = 0;
        }
    }
}
