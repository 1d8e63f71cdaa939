namespace Underpaint.Storage.Torch;

/// <summary>Makes tensors of what a pickle says about them, and checks that they lie inside their storages.</summary>
internal static class TensorView
{
    // Since PyTorch 2.1, tensors of the newer kinds are views of raw bytes; what they are of stands here.
    private const int TypeArgument = 6;

    /// <summary>A tensor.</summary>
    /// <param name="arguments">
    /// Storage, offset, shape, strides; then perhaps whether a gradient is wanted, hooks, and the kind of the elements.
    /// </param>
    /// <param name="input">The pickle, for errors.</param>
    /// <returns>The tensor; null where the arguments are of other kinds.</returns>
    /// <exception cref="FileFormatException">It lies beyond its storage.</exception>
    public static TorchTensor? Of(IReadOnlyList<PickleValue> arguments, PickleInput input)
    {
        if (arguments is not
            [TorchStorage storage, var start, PickleTuple { Items: var sizes }, PickleTuple { Items: var steps }, ..]
            || TypeOf(storage, arguments) is not { } type || Numbers([start]) is not [long offset]
            || Numbers(sizes) is not { } shape || Numbers(steps) is not { } strides || shape.Length != strides.Length)
            return null;
        if (!type.TryByteLength(shape, out long length))
            throw input.Broken($"has a tensor of the impossible shape ({string.Join(", ", shape)})");
        if (End(shape, strides, offset, isEmpty: length == 0) > (ulong)(storage.Length / type.Size()))
            throw input.Broken($"has a tensor that lies beyond its storage {Quotation.Of(storage.Key)}");
        return new TorchTensor(type, shape, strides, offset, storage);
    }

    private static DType? TypeOf(TorchStorage storage, IReadOnlyList<PickleValue> arguments) => arguments.Count <= TypeArgument
        ? storage.Type
        : arguments[TypeArgument] switch
        {
            PickleGlobal name when storage.Type == DType.U8 => TorchTypes.Of(name),
            // Attributes of the tensor, which the other way of saving has in the same place.
            PickleMap or PickleNone => storage.Type,
            _ => null,
        };

    // Whole numbers from 0 on; null where one is none.
    private static long[]? Numbers(IReadOnlyList<PickleValue> values)
    {
        if (values.Count > TorchFormat.MaxRank)
            return null;
        var numbers = new long[values.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (values[i] is not PickleInteger { Value: var value } || value < 0 || value > long.MaxValue)
                return null;
            numbers[i] = (long)value;
        }
        return numbers;
    }

    // Where the last element ends, in elements of the storage. Products of 63-bit numbers, at most 64 of them, cannot overflow.
    private static UInt128 End(long[] shape, long[] strides, long offset, bool isEmpty)
    {
        UInt128 end = (ulong)offset;
        if (isEmpty)
            return end;
        for (int i = 0; i < shape.Length; i++)
            end += (UInt128)(ulong)(shape[i] - 1) * (ulong)strides[i];
        return end + 1;
    }
}
