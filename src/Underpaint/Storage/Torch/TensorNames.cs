namespace Underpaint.Storage.Torch;

/// <summary>
/// Finds all tensors in a value and names them by the way to them: <c>state_dict.conv.weight</c>,
/// <c>optimizer_states.0.state.7.exp_avg</c>.
/// </summary>
internal sealed class TensorNames
{
    // Values may hold each other in a way that stands for astronomic numbers of names; a name costs at least its length.
    private const int MaxCharacters = 64 << 20;
    private const int LeastCharacters = 16;

    private readonly string _file;
    private readonly OrderedDictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<PickleValue, (int Height, bool HoldsTensors)> _known = new(ReferenceEqualityComparer.Instance);
    private long _characters;

    private TensorNames(string file) => _file = file;

    /// <summary>All tensors, in the file's order.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="root">The value.</param>
    /// <exception cref="FileFormatException">
    /// It is nested too deeply, or in itself; there are too many names, or a name twice, or a parameter without a tensor.
    /// </exception>
    public static OrderedDictionary<string, TorchTensor> Of(string file, PickleValue root)
    {
        var names = new TensorNames(file);
        if (names.Explore(root, TorchFormat.MaxDepth).Height > TorchFormat.MaxDepth)
            throw names.TooDeep();
        names.Add(null, root);
        return names._tensors;
    }

    // Looks at every value once, so that the height is exact and recursion ends after the depth that is allowed.
    private (int Height, bool HoldsTensors) Explore(PickleValue value, int depth)
    {
        if (value is TorchParameter { Tensor: null })
            throw TorchFormat.Broken(_file, "has a parameter without a tensor");
        if (value is TorchTensor or TorchParameter)
            return (0, true);
        if (_known.TryGetValue(value, out (int Height, bool HoldsTensors) known))
            return known;
        (int Height, bool HoldsTensors) found = default;
        foreach ((_, PickleValue member) in value.Members)
        {
            (int height, bool holdsTensors) = depth > 0 ? Explore(member, depth - 1) : throw TooDeep();
            found = (Math.Max(found.Height, height + 1), found.HoldsTensors || holdsTensors);
        }
        if (found.Height > 0)
            _known.Add(value, found);
        return found;
    }

    private void Add(string? name, PickleValue value)
    {
        _characters += LeastCharacters + (name?.Length ?? 0);
        if (_characters > MaxCharacters || _tensors.Count >= TorchFormat.MaxTensors)
            throw TorchFormat.Broken(_file, "holds its tensors in too many places");
        if ((value as TorchParameter)?.Tensor is { } parameter)
            value = parameter;
        if (value is TorchTensor tensor)
        {
            if (!_tensors.TryAdd(name ?? "", tensor))
                throw TorchFormat.Broken(_file, $"has two tensors with the name {Quotation.Of(name ?? "")}");
            return;
        }
        foreach ((string key, PickleValue member) in value.Members)
        {
            if (member is TorchTensor or TorchParameter || _known.TryGetValue(member, out var known) && known.HoldsTensors)
                Add(name is null ? key : $"{name}.{key}", member);
        }
    }

    private FileFormatException TooDeep() =>
        TorchFormat.Broken(_file, $"holds values that lie more than {TorchFormat.MaxDepth} deep in each other, or in themselves");
}
