using System.IO.Compression;
using Underpaint.Storage.Torch;
using Underpaint.Tests.Storage.Torch;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The reader of PyTorch files: whole files, and what their pickles say.</summary>
internal static class TorchTargets
{
    private static readonly byte[][] PickleWords =
    [
        .. FuzzWords.Of(
            "cos\nsystem\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_tensor_v3\n",
            "ctorch\nFloatStorage\n", "ctorch.storage\nUntypedStorage\n", "ctorch\nfloat64\n", "ctorch\nSize\n",
            "ctorch\ndevice\n", "ctorch.nn.parameter\nParameter\n", "ccollections\nOrderedDict\n", "cbuiltins\nset\n",
            "c_codecs\nencode\n", "}q\u0001", "]q\u0001", "h\u0001", "h\u0001h\u0001", "X\u0001\0\0\0a", "K\u0002",
            "M\u0001\u0001", "(", "t", "(t", "R", "b", "Q", "a", "e", "s", "u", ")R", "N", "."),
        [0x80, 4], [0x81], [0x85], [0x86], [0x87], [0x88], [0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0x8C, 1, 97],
        [0x8F], [0x90], [0x93], [0x94], [0x95, 9, 0, 0, 0, 0, 0, 0, 0],
    ];

    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Files(folder), Pickles(folder)];

    private static FuzzTarget Files(string folder)
    {
        string path = Path.Combine(folder, "fuzz.pt");
        byte[] pickle = TestTorchFiles.ExamplePickle();
        return new("torch",
            [
                TestTorchFiles.Zip(pickle), TestTorchFiles.Zip(pickle, byteOrder: "big"),
                TestTorchFiles.Zip(pickle, CompressionLevel.Optimal), TestTorchFiles.Legacy(pickle),
                TestTorchFiles.Legacy(TestTorchFiles.OldPickle()),
            ],
            input => Read(path, input))
        {
            Words =
            [
                [.. "PK"u8, 1, 2], [.. "PK"u8, 3, 4], [.. "PK"u8, 5, 6], [1, 0, 24, 0], [8, 0],
                .. FuzzWords.Of("archive/", "data.pkl", "data/0", "byteorder", "little"), .. PickleWords,
            ],
            Mend = ZipChecksums.Mend,
        };
    }

    private static FuzzTarget Pickles(string folder)
    {
        string path = Path.Combine(folder, "fuzz-pickle.pt");
        return new("pickle", [TestTorchFiles.ExamplePickle(), TestTorchFiles.OldPickle(), TestTorchFiles.NewPickle()],
            input => Read(path, TestTorchFiles.Zip(input)))
        {
            Words = PickleWords,
        };
    }

    private static void Read(string path, byte[] input)
    {
        FuzzTarget.Put(path, input);
        using TorchFile file = TorchFile.Open(path);
        foreach ((string name, TorchTensor tensor) in file.Tensors)
            file.ReadBytes(name, new byte[tensor.Length]);
    }
}
