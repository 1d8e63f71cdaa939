using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A place in the tree of state names, where a layer declares its weights.</summary>
internal readonly struct WeightScope(WeightSet set, string path)
{
    public string Path => path;

    public WeightScope this[string name] => new(set, path.Length == 0 ? name : $"{path}.{name}");

    public WeightScope this[int index] => this[index.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    public Weight Declare(string name, WeightInitialization initialization, params long[] shape) =>
        set.Declare(this[name].Path, shape, initialization);

    /// <summary>Tensors to be computed from weights that were declared.</summary>
    public DerivedWeights Derive(Func<Tensor[]> make) => set.Derive(make);
}
