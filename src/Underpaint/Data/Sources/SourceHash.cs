using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Underpaint.Data.Sources;

/// <summary>Gathers what tells one set of images from another into a fingerprint (a SHA-256, of which 128 bits are kept).</summary>
internal sealed class SourceHash : IDisposable
{
    private const int KeptBytes = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Starts with the kind of source, so that no two kinds are taken for each other.</summary>
    public SourceHash(string kind) => Add(kind);

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.Length);
        _hash.AppendData(bytes);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
    }

    /// <summary>Adds bytes, and not how many: for pieces of something whose length was added before.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>The fingerprint of all that was added: 32 hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, KeptBytes));

    public void Dispose() => _hash.Dispose();
}
