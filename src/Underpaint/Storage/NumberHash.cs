using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Underpaint.Storage;

/// <summary>SHA-256 of numbers, however many they are.</summary>
internal static class NumberHash
{
    // All bytes of a large array are more than a span can hold.
    private const int PieceLength = 1 << 20;

    /// <summary>Hashes arrays as if they were one, in hexadecimal digits.</summary>
    /// <param name="arrays">The numbers, of which the bytes count, little-endian.</param>
    public static string Of(params ReadOnlySpan<float[]> arrays)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] numbers in arrays)
        {
            for (int first = 0; first < numbers.Length; first += PieceLength)
                hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan(first, Math.Min(PieceLength, numbers.Length - first))));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
