using System.Text;

namespace Underpaint.Storage.Torch;

/// <summary>Plain values that pickles make by calling functions of Python; null where the arguments do not fit.</summary>
internal static class PythonValues
{
    /// <summary><c>OrderedDict()</c> or <c>OrderedDict([(key, value), …])</c>.</summary>
    public static PickleMap? Dictionary(IReadOnlyList<PickleValue> arguments, PickleInput input)
    {
        var dictionary = new PickleMap();
        if (arguments.Count == 0)
            return dictionary;
        if (arguments.Count > 1 || ItemsOf(arguments[0]) is not { } pairs)
            return null;
        foreach (PickleValue pair in pairs)
        {
            if (ItemsOf(pair) is not [var key, var value])
                return null;
            dictionary.Add(key, value, input);
        }
        return dictionary;
    }

    /// <summary><c>set([item, …])</c>.</summary>
    public static PickleSet? Set(IReadOnlyList<PickleValue> arguments, PickleInput input)
    {
        if (arguments is not [var only] || ItemsOf(only) is not { } items)
            return null;
        var set = new PickleSet();
        set.Add(items, input);
        return set;
    }

    /// <summary>
    /// <c>bytes()</c> or <c>encode(text, 'latin1')</c>: protocol 2 has no bytes, and saves them as characters of the same numbers.
    /// </summary>
    public static PickleBytes? Bytes(IReadOnlyList<PickleValue> arguments) => arguments switch
    {
        [] => new PickleBytes(ReadOnlyMemory<byte>.Empty),
        [PickleText { Value: var text }, PickleText { Value: "latin1" }] when text.All(c => c <= byte.MaxValue) =>
            new PickleBytes(Encoding.Latin1.GetBytes(text)),
        _ => null,
    };

    /// <summary><c>torch.device('cuda', 0)</c>, which becomes the text <c>cuda:0</c>.</summary>
    public static PickleText? Device(IReadOnlyList<PickleValue> arguments) => arguments switch
    {
        [PickleText kind] => kind,
        [PickleText kind, PickleInteger index] => new PickleText($"{kind.Value}:{index.Value}"),
        _ => null,
    };

    /// <summary>How much is made out of an argument, by the measure of <see cref="TorchFormat.MaxMade"/>.</summary>
    public static long Size(PickleValue argument) =>
        argument is PickleText text ? text.Value.Length : 16L * (ItemsOf(argument)?.Count ?? 0);

    private static IReadOnlyList<PickleValue>? ItemsOf(PickleValue value) => value switch
    {
        PickleList list => list.Items,
        PickleTuple tuple => tuple.Items,
        _ => null,
    };
}
