using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Storage.Torch;

/// <summary>Small PyTorch files, made by hand.</summary>
internal static class TestTorchFiles
{
    /// <summary>The elements of storage 0 in the examples.</summary>
    public static byte[] SixFloats { get; } = MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5]).ToArray();

    /// <summary>Views of six floats: as they lie, transposed, repeated; a parameter; a name and a number.</summary>
    public static byte[] ExamplePickle() => new PickleBuilder().Op("}(")
        .Text("plain").Tensor("0", "FloatStorage", 6, 0, [2, 3], [3, 1])
        .Text("transposed").Tensor("0", "FloatStorage", 6, 0, [3, 2], [1, 3])
        .Text("repeated").Tensor("0", "FloatStorage", 6, 4, [2, 2], [0, 1])
        .Text("list").Op("](").Global("torch._utils", "_rebuild_parameter").Op("(")
            .Tensor("1", "HalfStorage", 2, 0, [2], [1]).Raw(0x88).Op("}tRe")
        .Text("callbacks").Op("}").Global("pytorch_lightning.callbacks", "ModelCheckpoint").Op("Ns")
        .Text("epoch").Int(3).Op("u").End();

    /// <summary>Two parameters as the oldest files have them: one gets its tensor from its state, one when it is made.</summary>
    public static byte[] OldPickle() => new PickleBuilder().Op("](")
        .Global("torch.nn.parameter", "Parameter").Op(")").Raw(0x81)
        .Op("(").Global("torch._utils", "_rebuild_tensor").Op("(").Storage("0", "FloatStorage", 6).Int(2).Tuple(1).Tuple(1).Op("tR")
        .Op("N}").Raw(0x88, 0x89).Op("tb")
        .Global("torch.nn.parameter", "Parameter").Op("(").Tensor("1", "HalfStorage", 2, 1, [1], [1]).Op("tR")
        .Raw(0x88, 0x89).Op("}").Raw(0x87).Op("b").Op("e").End();

    /// <summary>A tensor of a newer kind, which is a view of raw bytes: the second of two.</summary>
    public static byte[] NewPickle() => new PickleBuilder().Global("torch._utils", "_rebuild_tensor_v3").Op("(")
        .Op("(").Text("storage").Global("torch.storage", "UntypedStorage").Text("1").Text("cuda:0").Int(4).Op("tQ")
        .Int(1).Tuple(1).Tuple(1).Raw(0x89).Op("}").Global("torch", "uint16").Op("tR").End();

    /// <summary>The zip form, with the storages of <see cref="ExamplePickle"/>.</summary>
    public static byte[] Zip(
        byte[] pickle, CompressionLevel level = CompressionLevel.NoCompression, string folder = "archive", string? byteOrder = null)
    {
        (string, byte[])[] files =
        [
            ($"{folder}/data.pkl", pickle), ($"{folder}/data/0", SixFloats), ($"{folder}/data/1", [0, 0x3C, 0, 0xC0]),
            ($"{folder}/version", "3\n"u8.ToArray()),
        ];
        if (byteOrder is not null)
            files = [.. files, ($"{folder}/byteorder", Encoding.UTF8.GetBytes(byteOrder))];
        return TestImages.Zip(level, files);
    }

    /// <summary>The form before version 1.6, with the storages of <see cref="ExamplePickle"/>.</summary>
    public static byte[] Legacy(byte[] pickle, int protocol = 1001) =>
    [
        .. new PickleBuilder().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).End(),
        .. new PickleBuilder().Int(protocol).End(), .. new PickleBuilder().Op("}").End(), .. pickle,
        .. new PickleBuilder().Op("](").Text("0").Text("1").Op("e").End(),
        .. Count(6), .. SixFloats, .. Count(2), 0, 0x3C, 0, 0xC0,
    ];

    private static byte[] Count(long count)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        return bytes;
    }
}
