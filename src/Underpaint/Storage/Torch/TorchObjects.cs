using System.Collections.Frozen;

namespace Underpaint.Storage.Torch;

/// <summary>
/// All that the pickles of PyTorch files may name: storages, tensors, parameters, element kinds, and the few functions of Python
/// that plain values are saved with. Classes of PyTorch Lightning are tolerated as mere names; anything else is refused.
/// </summary>
/// <param name="input">The pickle, for errors.</param>
internal sealed class TorchObjects(PickleInput input) : IPickleObjects
{
    // What a function makes of its arguments; null where it cannot make anything of them.
    private delegate PickleValue? Maker(TorchObjects objects, IReadOnlyList<PickleValue> arguments);

    private static readonly FrozenDictionary<PickleGlobal, Maker> Functions = new Dictionary<PickleGlobal, Maker>
    {
        [new("torch._utils", "_rebuild_tensor")] = (objects, arguments) => objects.Tensor(arguments, 4),
        [new("torch._utils", "_rebuild_tensor_v2")] = (objects, arguments) => objects.Tensor(arguments, 6),
        [new("torch._utils", "_rebuild_tensor_v3")] = (objects, arguments) => objects.Tensor(arguments, 7),
        [new("torch._utils", "_rebuild_parameter")] = (_, arguments) => Parameter(arguments),
        [new("torch.nn.parameter", "Parameter")] = (_, arguments) => Parameter(arguments),
        [new("torch", "Size")] = (_, arguments) => arguments is [PickleTuple size] ? size : null,
        [new("torch", "device")] = (_, arguments) => PythonValues.Device(arguments),
        [new("collections", "OrderedDict")] = (objects, arguments) => PythonValues.Dictionary(arguments, objects.Input),
        [new("__builtin__", "set")] = (objects, arguments) => PythonValues.Set(arguments, objects.Input),
        [new("builtins", "set")] = (objects, arguments) => PythonValues.Set(arguments, objects.Input),
        [new("__builtin__", "bytes")] = (_, arguments) => PythonValues.Bytes(arguments),
        [new("_codecs", "encode")] = (_, arguments) => PythonValues.Bytes(arguments),
    }.ToFrozenDictionary();

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);
    private int _tensors;
    private long _made;

    private PickleInput Input => input;

    /// <summary>The storages that were named so far, by their keys.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <inheritdoc/>
    public PickleValue Name(string module, string name)
    {
        if (Math.Max(module.Length, name.Length) > TorchFormat.MaxGlobalBytes)
            throw input.Broken($"has a name of more than {TorchFormat.MaxGlobalBytes} characters");
        var global = new PickleGlobal(module, name);
        bool isKnown = Functions.ContainsKey(global)
            || TorchTypes.OfStorage(global) is not null || TorchTypes.Of(global) is not null
            || module.StartsWith("pytorch_lightning.", StringComparison.Ordinal);
        return isKnown ? global : throw Forbidden($"names {Quotation.Of(global.KeyName)}");
    }

    /// <inheritdoc/>
    public PickleValue Call(PickleValue function, PickleValue arguments)
    {
        if (function is not PickleGlobal global)
            throw Forbidden("calls what is no function");
        if (!Functions.TryGetValue(global, out Maker? make))
            throw Forbidden($"calls {Quotation.Of(global.KeyName)}");
        if (arguments is not PickleTuple { Items: var items })
            throw input.Broken($"calls {Quotation.Of(global.KeyName)} with what are no arguments");
        _made += items.Count > 0 ? PythonValues.Size(items[0]) : 0;
        if (_made > TorchFormat.MaxMade)
            throw input.Broken("makes too much out of little");
        return make(this, items) ?? throw input.Broken($"makes {Quotation.Of(global.KeyName)} of what it cannot be made of");
    }

    /// <inheritdoc/>
    public void Build(PickleValue target, PickleValue state)
    {
        switch (target, state)
        {
            // Attributes of a dictionary, such as the versions of a state_dict's modules: nobody needs them.
            case (PickleMap, PickleMap):
                break;
            // Data, gradient, hooks, whether a gradient is wanted, and a flag of old; later the last three alone.
            case (TorchParameter { Tensor: null } parameter, PickleTuple { Items: [TorchTensor tensor, _, _, _, _] }):
                parameter.Tensor = tensor;
                break;
            case (TorchParameter { Tensor: not null }, PickleTuple { Items.Count: 3 }):
                break;
            default:
                throw Forbidden("gives a state to an object that has none");
        }
    }

    /// <inheritdoc/>
    public PickleValue Load(PickleValue identity)
    {
        if (identity is not PickleTuple { Items.Count: 5 or 6 } tuple || tuple.Items is not
            [PickleText { Value: "storage" }, PickleGlobal kind, PickleText key, PickleText location, PickleInteger count, ..])
            throw input.Broken("refers to something outside its pickle that is no storage");
        if (!key.IsKey)
            throw input.Broken("has a storage with an endless key");
        if (tuple.Items.Count == 6 && tuple.Items[5] is not PickleNone)
            throw input.Broken("has a storage that is a piece of another one");
        if (TorchTypes.OfStorage(kind) is not { } type)
            throw input.Broken($"has the unknown storage type {Quotation.Of(kind.KeyName)}");
        if (count.Value < 0 || count.Value > long.MaxValue / type.Size())
            throw input.Broken($"declares an impossible length of the storage {Quotation.Of(key.Value)}");
        return Known(new TorchStorage(key.Value, type, (long)count.Value, location.Value));
    }

    private TorchStorage Known(TorchStorage storage)
    {
        if (_storages.TryAdd(storage.Key, storage))
            return storage;
        TorchStorage known = _storages[storage.Key];
        return (known.Type, known.Count) == (storage.Type, storage.Count)
            ? known
            : throw input.Broken($"describes the storage {Quotation.Of(storage.Key)} in two ways");
    }

    private TorchTensor? Tensor(IReadOnlyList<PickleValue> arguments, int count)
    {
        if (++_tensors > TorchFormat.MaxTensors)
            throw input.Broken($"has more than {TorchFormat.MaxTensors} tensors");
        return arguments.Count < count ? null : TensorView.Of(arguments, input);
    }

    // A tensor, and perhaps whether it wants a gradient, and hooks; or nothing, where its state brings the tensor.
    private static TorchParameter? Parameter(IReadOnlyList<PickleValue> arguments) => arguments switch
    {
        [] => new TorchParameter(),
        [TorchTensor tensor, ..] when arguments.Count <= 3 => new TorchParameter { Tensor = tensor },
        _ => null,
    };

    private FileFormatException Forbidden(string problem) => new(input.File,
        $"{problem} (byte {input.Position} of its pickle), which could be any program",
        "Nothing of it was run. Export the tensors alone, as a state_dict or as safetensors, where the file can be trusted.");
}
