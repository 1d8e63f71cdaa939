using Underpaint.Storage;
using Underpaint.Tests.Storage.Torch;

namespace Underpaint.Tests.Storage;

public sealed class WeightFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_kinds_have_names_shapes_and_floats()
    {
        string torch = _folder.File("a.pth"), safetensors = _folder.File("a.SafeTensors");
        File.WriteAllBytes(torch, TestTorchFiles.Zip(TestTorchFiles.ExamplePickle()));
        AtomicFile.Write(safetensors, stream => SafetensorsWriter.Write(stream, [TensorData.Floats("plain", [2, 3], new float[] { 0, 1, 2, 3, 4, 5 })]));
        foreach (string path in (string[])[torch, safetensors])
        {
            using WeightFile file = WeightFile.Open(path);
            Assert.Equal([2L, 3L], file.Shapes["plain"]);
            Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadFloats("plain"));
            Assert.Throws<FileFormatException>(() => file.ReadFloats("none"));
        }
    }

    [Fact]
    public void A_file_of_neither_kind_is_refused()
    {
        File.WriteAllText(_folder.File("a.pth"), "hello");
        Assert.Throws<FileFormatException>(() => WeightFile.Open(_folder.File("a.pth")));
        Assert.Throws<UnderpaintException>(() => WeightFile.Open(_folder.File("none.pth")));
    }
}
