using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Underpaint.Tests.Data.Images;

/// <summary>Just enough of a reader for the golden figures.</summary>
internal sealed class GoldenFigures
{
    private readonly byte[] _file;
    private readonly int _start;
    private readonly JsonElement _header;

    public GoldenFigures(string path)
    {
        _file = File.ReadAllBytes(path);
        int headerBytes = (int)BinaryPrimitives.ReadInt64LittleEndian(_file);
        _start = 8 + headerBytes;
        _header = JsonDocument.Parse(_file.AsMemory(8, headerBytes)).RootElement;
    }

    public ReadOnlySpan<byte> Bytes(string name)
    {
        JsonElement offsets = _header.GetProperty(name).GetProperty("data_offsets");
        return _file.AsSpan((_start + offsets[0].GetInt32())..(_start + offsets[1].GetInt32()));
    }

    public ReadOnlySpan<float> Floats(string name) => MemoryMarshal.Cast<byte, float>(Bytes(name));
}
