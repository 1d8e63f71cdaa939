using Underpaint.Data.Sources;
using Underpaint.Storage.Torch;
using Underpaint.Tests.Data;

namespace Underpaint.Harness.Limits;

/// <summary>Zip archives with directories at the declared limits.</summary>
internal static class LargeArchives
{
    // A pickle of nothing.
    private static byte[] None => [0x80, 2, .. "N."u8];

    /// <summary>All of them.</summary>
    public static IEnumerable<LargeFile> All =>
    [
        Of("imagenet.zip", 1_281_167, i => $"ILSVRC/Data/CLS-LOC/train/n{i / 1300:00000000}/n{i / 1300:00000000}_{i}.JPEG", extraBytes: 24),
        Of("most-files.zip", 2_000_000, i => $"{i % 977:000}/{i:00000000}-{i:0000000000000000}-abcd.png"),
        Of("long-names.zip", 188_000, i => $"{new string('a', 980)}{i:000000}/{new string('b', 20)}{i:000000}.png"),
        new("files.pt", path => new TestZip(2_000_000, i => i == 0 ? "x/data.pkl" : $"x/data/{i:00000000}") { Content = None }.Write(path), ReadTorch),
    ];

    private static LargeFile Of(string name, int count, Func<int, string> nameOf, int extraBytes = 0) => new(name,
        path => new TestZip(count, nameOf) { Content = TestImages.Png(), ExtraBytes = extraBytes }.Write(path),
        path =>
        {
            using var source = new ZipSource(path);
            _ = source.Fingerprint();
        });

    private static void ReadTorch(string path)
    {
        using TorchFile file = TorchFile.Open(path);
    }
}
