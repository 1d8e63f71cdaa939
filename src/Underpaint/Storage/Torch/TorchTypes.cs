using System.Collections.Frozen;

namespace Underpaint.Storage.Torch;

/// <summary>PyTorch's names for kinds of elements.</summary>
internal static class TorchTypes
{
    // Complex and quantised elements have no place in the models of this library.
    private static readonly FrozenDictionary<string, DType> ByStorage = new Dictionary<string, DType>
    {
        ["DoubleStorage"] = DType.F64,
        ["FloatStorage"] = DType.F32,
        ["HalfStorage"] = DType.F16,
        ["BFloat16Storage"] = DType.BF16,
        ["LongStorage"] = DType.I64,
        ["IntStorage"] = DType.I32,
        ["ShortStorage"] = DType.I16,
        ["CharStorage"] = DType.I8,
        ["ByteStorage"] = DType.U8,
        ["BoolStorage"] = DType.BOOL,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, DType> ByName = new Dictionary<string, DType>
    {
        ["float64"] = DType.F64,
        ["float32"] = DType.F32,
        ["float16"] = DType.F16,
        ["bfloat16"] = DType.BF16,
        ["float8_e4m3fn"] = DType.F8_E4M3,
        ["float8_e5m2"] = DType.F8_E5M2,
        ["float8_e8m0fnu"] = DType.F8_E8M0,
        ["int64"] = DType.I64,
        ["int32"] = DType.I32,
        ["int16"] = DType.I16,
        ["int8"] = DType.I8,
        ["uint64"] = DType.U64,
        ["uint32"] = DType.U32,
        ["uint16"] = DType.U16,
        ["uint8"] = DType.U8,
        ["bool"] = DType.BOOL,
    }.ToFrozenDictionary();

    /// <summary>The elements of a storage class, also under its name on a GPU; null where it is none.</summary>
    public static DType? OfStorage(PickleGlobal storage) => storage switch
    {
        // Only raw bytes; the tensors say of what kind they are.
        { Module: "torch.storage", Name: "UntypedStorage" } => DType.U8,
        { Module: "torch" or "torch.cuda" } when ByStorage.TryGetValue(storage.Name, out DType type) => type,
        _ => null,
    };

    /// <summary>The elements that a <c>torch.dtype</c> names; null where it is none.</summary>
    public static DType? Of(PickleGlobal name) =>
        name.Module == "torch" && ByName.TryGetValue(name.Name, out DType type) ? type : null;
}
