using System.Diagnostics.CodeAnalysis;

namespace Underpaint.Storage;

/// <summary>The kind of a tensor's elements, spelled as in safetensors files.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "The names are those of the file format.")]
public enum DType
{
    /// <summary>True or false, one byte.</summary>
    BOOL,

    /// <summary>Unsigned, 1 byte.</summary>
    U8,

    /// <summary>Signed, 1 byte.</summary>
    I8,

    /// <summary>Float, 1 byte: 5 bits of exponent, 2 of mantissa. Read and written as raw bytes only.</summary>
    F8_E5M2,

    /// <summary>Float, 1 byte: 4 bits of exponent, 3 of mantissa. Read and written as raw bytes only.</summary>
    F8_E4M3,

    /// <summary>A power of two, 1 byte: 8 bits of exponent. Read and written as raw bytes only.</summary>
    F8_E8M0,

    /// <summary>Unsigned, 2 bytes.</summary>
    U16,

    /// <summary>Signed, 2 bytes.</summary>
    I16,

    /// <summary>IEEE half precision, 2 bytes.</summary>
    F16,

    /// <summary>The upper half of an <see cref="F32"/>, 2 bytes.</summary>
    BF16,

    /// <summary>Unsigned, 4 bytes.</summary>
    U32,

    /// <summary>Signed, 4 bytes.</summary>
    I32,

    /// <summary>IEEE single precision, 4 bytes.</summary>
    F32,

    /// <summary>Unsigned, 8 bytes.</summary>
    U64,

    /// <summary>Signed, 8 bytes.</summary>
    I64,

    /// <summary>IEEE double precision, 8 bytes.</summary>
    F64,
}
