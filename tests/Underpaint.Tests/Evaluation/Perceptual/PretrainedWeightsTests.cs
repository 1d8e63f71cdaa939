using Underpaint.Evaluation.Perceptual;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Tests.Storage.Torch;

namespace Underpaint.Tests.Evaluation.Perceptual;

public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("same.safetensors")]
    public void Files_of_either_kind_with_the_same_names_give_the_same_weights(string name)
    {
        string path = _folder.File(name);
        if (name == "same.safetensors")
            Write(path, Tensor("plain", [2, 3], 0, 1, 2, 3, 4, 5), Tensor("transposed", [3, 2], 0, 3, 1, 4, 2, 5), Tensor("repeated", [2, 2], 4, 5, 4, 5), Tensor("list.0", [2], 1, -2));
        else
            File.WriteAllBytes(path, name == "zip.pth" ? TestTorchFiles.Zip(TestTorchFiles.ExamplePickle()) : TestTorchFiles.Legacy(TestTorchFiles.ExamplePickle()));
        using WeightSet weights = Declare(("transposed", [3, 2]), ("plain", [2, 3]));
        PretrainedWeights.Load(path, weights, spare => spare is "repeated" or "list.0");
        Assert.Equal([0, 3, 1, 4, 2, 5, 0, 1, 2, 3, 4, 5], weights.ToArray());
    }

    [Fact]
    public void Everything_that_does_not_fit_is_told_at_once()
    {
        string path = _folder.File("weights.safetensors");
        Write(path, Tensor("a", [2], 1, 2), Tensor("b", [2, 1], 1, 2), Tensor("other\n", [1], 1), Tensor("spare", [1], 1), Tensor("wide", [1, 4], 1, 2, 3, 4));
        using WeightSet weights = Declare(("a", [2]), ("b", [1, 2]), ("wide", [4]), ("c", [1]), ("d", [1]));
        var error = Assert.Throws<FileFormatException>(() => PretrainedWeights.Load(path, weights, name => name == "spare"));
        Assert.Contains("2 missing (c, d); 2 of another shape (b is 2×1 instead of 1×2, wide is 1×4 instead of 4); 1 unexpected ('other\\n')",
            error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        string path = _folder.File("weights.safetensors");
        Write(path, Tensor("a", [2], 1, float.NaN), Tensor("b", [1], 1), Tensor("c", [1], 1));
        using WeightSet weights = Declare(("c", [1]), ("a", [2]), ("b", [1]));
        var error = Assert.Throws<FileFormatException>(() => PretrainedWeights.Load(path, weights, _ => false));
        Assert.Contains("numbers in a that are not finite", error.What, StringComparison.Ordinal);
    }

    private static WeightSet Declare(params (string Name, long[] Shape)[] tensors)
    {
        var weights = new WeightSet();
        foreach (var (name, shape) in tensors)
            weights.Root.Declare(name, WeightInitialization.Zero, shape);
        return weights;
    }

    private static TensorData Tensor(string name, long[] shape, params float[] values) => TensorData.Floats(name, shape, values);

    private static void Write(string path, params TensorData[] tensors) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors));
}
