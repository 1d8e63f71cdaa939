using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Underpaint.Storage;

/// <summary>
/// The header of a NumPy file: element kind and shape, as a Python dictionary in a fixed form. Only arrays in C order are known.
/// </summary>
internal sealed partial record NpyHeader(DType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The first six bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The most bytes that the dictionary may have; NumPy itself writes about 120.</summary>
    public const int MaxLength = 4096;

    private const int Alignment = 64;
    private const int MaxRank = 32;

    private static readonly Dictionary<string, DType> Kinds = new()
    {
        ["<f2"] = DType.F16,
        ["<f4"] = DType.F32,
        ["<f8"] = DType.F64,
    };

    /// <summary>Reads the dictionary.</summary>
    /// <param name="text">The dictionary, with what pads it.</param>
    /// <returns>The header; null where it is not of this form, or the array is none of floats in C order.</returns>
    public static NpyHeader? TryParse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || !Kinds.TryGetValue(match.Groups["kind"].Value, out DType type))
            return null;
        string[] sizes = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        long[] shape = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                return null;
        }
        return shape.Length <= MaxRank ? new(type, shape) : null;
    }

    /// <summary>Everything that stands before the elements, as NumPy writes it: format 1.0, padded to a multiple of 64 bytes.</summary>
    public byte[] ToBytes()
    {
        string kind = Kinds.First(known => known.Value == Type).Key;
        string shape = string.Concat(Shape.Select(size => $"{size.ToString(CultureInfo.InvariantCulture)}, "));
        string dictionary = $"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({(Shape.Count > 1 ? shape.TrimEnd(' ', ',') : shape.TrimEnd())}), }}";
        int before = Magic.Length + 4, length = (before + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment - before;
        var bytes = new byte[before + length];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)length);
        Encoding.ASCII.GetBytes(dictionary.PadRight(length - 1) + '\n').CopyTo(bytes, before);
        return bytes;
    }

    [GeneratedRegex(@"^\{\s*'descr'\s*:\s*'(?<kind>[<>|=]?[a-z][0-9]{1,2})'\s*,\s*'fortran_order'\s*:\s*False\s*,\s*'shape'\s*:\s*\((?<shape>[0-9, ]*)\)\s*,?\s*\}\s*$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
