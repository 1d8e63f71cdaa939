using System.Collections.Frozen;

namespace Underpaint.Storage;

/// <summary>Facts about element kinds.</summary>
internal static class DTypes
{
    private static readonly FrozenDictionary<string, DType> ByName =
        Enum.GetValues<DType>().ToFrozenDictionary(type => type.ToString(), StringComparer.Ordinal);

    /// <summary>The kind of that name in a file; false where there is none.</summary>
    public static bool TryParse(string name, out DType type) => ByName.TryGetValue(name, out type);

    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.BOOL or DType.U8 or DType.I8 or DType.F8_E5M2 or DType.F8_E4M3 or DType.F8_E8M0 => 1,
        DType.U16 or DType.I16 or DType.F16 or DType.BF16 => 2,
        DType.U32 or DType.I32 or DType.F32 => 4,
        DType.U64 or DType.I64 or DType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a kind of element."),
    };

    /// <summary>Bytes of a whole tensor; false where a dimension is negative or the product passes 2^63.</summary>
    public static bool TryByteLength(this DType type, IReadOnlyList<long> shape, out long length)
    {
        length = type.Size();
        foreach (long dimension in shape)
        {
            // From left to right, as the reference reader does: a 0 later on does not excuse an overflow before it.
            if (dimension < 0 || Math.BigMul(length, dimension, out length) != 0 || length < 0)
                return false;
        }
        return true;
    }
}
