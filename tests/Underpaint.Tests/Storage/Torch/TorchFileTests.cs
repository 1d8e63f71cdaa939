using System.IO.Compression;
using System.Numerics;
using Underpaint.Storage;
using Underpaint.Storage.Torch;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Storage.Torch;

public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "stored", TestTorchFiles.Zip(TestTorchFiles.ExamplePickle()) },
        { "deflated", TestTorchFiles.Zip(TestTorchFiles.ExamplePickle(), CompressionLevel.Optimal, "any name") },
        { "told to be little-endian", TestTorchFiles.Zip(TestTorchFiles.ExamplePickle(), byteOrder: "little") },
        { "legacy", TestTorchFiles.Legacy(TestTorchFiles.ExamplePickle()) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_gives_the_same_tensors_and_values(string form, byte[] bytes)
    {
        using TorchFile file = Open(bytes);
        Assert.Equal(["plain", "transposed", "repeated", "list.0"], file.Tensors.Keys);
        // Each is read twice: the checksum is verified the first time only.
        for (int time = 0; time < 2; time++)
        {
            Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadFloats("plain"));
            Assert.Equal([0, 3, 1, 4, 2, 5], file.ReadFloats("transposed"));
            Assert.Equal([4, 5, 4, 5], file.ReadFloats("repeated"));
            Assert.Equal([1, -2], file.ReadFloats("list.0"));
        }
        TorchTensor repeated = file.Tensors["repeated"];
        Assert.Equal((DType.F32, 4L, 16L), (repeated.Type, repeated.Offset, repeated.Length));
        Assert.Equal([2, 2], repeated.Shape);
        Assert.Equal([0, 1], repeated.Strides);
        Assert.Equal(new TorchStorage("0", DType.F32, 6, "cpu"), repeated.Storage);
        Assert.Same(repeated.Storage, file.Tensors["plain"].Storage);
        PickleMap root = Assert.IsType<PickleMap>(file.Root);
        Assert.Equal(new PickleInteger(3), root["epoch"]);
        Assert.Equal(new PickleGlobal("pytorch_lightning.callbacks", "ModelCheckpoint"),
            Assert.IsType<PickleMap>(root["callbacks"]).Entries.Keys.Single());
        Assert.IsType<TorchParameter>(Assert.IsType<PickleList>(root["list"]).Items[0]);
        Assert.Null(root[form]);
    }

    [Fact]
    public void The_other_byte_order_is_turned()
    {
        byte[] pickle = new PickleBuilder().Tensor("1", "HalfStorage", 2, 0, [2], [1]).End();
        using TorchFile file = Open(TestTorchFiles.Zip(pickle, byteOrder: "big"));
        var bytes = new byte[4];
        file.ReadBytes("", bytes);
        Assert.Equal([0x3C, 0, 0xC0, 0], bytes);
    }

    [Fact]
    public void A_file_is_read_from_several_threads_at_once()
    {
        using TorchFile file = Open(TestTorchFiles.Zip(TestTorchFiles.ExamplePickle()));
        Parallel.For(0, 200, _ => Assert.Equal([0, 3, 1, 4, 2, 5], file.ReadFloats("transposed")));
    }

    [Theory]
    [InlineData(DType.U8, 1)]
    [InlineData(DType.I16, 2)]
    [InlineData(DType.F32, 4)]
    [InlineData(DType.F64, 8)]
    public void Strided_elements_of_every_size_are_put_in_order(DType type, int size)
    {
        Assert.Equal(size, type.Size());
        byte[] source = [.. Enumerable.Range(0, 24 * size).Select(i => (byte)i)];
        var gathered = new byte[24 * size];
        // (2, 1, 3, 4), permuted from (4, 3, 2).
        StridedCopy.Gather(source, [2, 1, 3, 4], [1, 99, 2, 6], size, gathered);
        IEnumerable<int> expected =
            from a in Enumerable.Range(0, 2)
            from c in Enumerable.Range(0, 3)
            from d in Enumerable.Range(0, 4)
            select a + 2 * c + 6 * d;
        Assert.Equal(expected.SelectMany(element => source.Skip(element * size).Take(size)), gathered);
    }

    [Fact]
    public void The_oldest_parameters_get_their_tensor_later()
    {
        byte[] pickle = TestTorchFiles.OldPickle();
        foreach (byte[] bytes in (byte[][])[TestTorchFiles.Zip(pickle), TestTorchFiles.Legacy(pickle)])
        {
            using TorchFile file = Open(bytes);
            Assert.Equal([2], file.ReadFloats("0"));
            Assert.Equal([-2], file.ReadFloats("1"));
        }
    }

    [Fact]
    public void The_newest_tensors_are_views_of_raw_bytes()
    {
        using TorchFile file = Open(TestTorchFiles.Zip(TestTorchFiles.NewPickle()));
        Assert.Equal(DType.U16, file.Tensors[""].Type);
        var bytes = new byte[2];
        file.ReadBytes("", bytes);
        Assert.Equal([0, 0xC0], bytes);
        Assert.Throws<FileFormatException>(() => file.ReadFloats(""));
        Assert.Throws<FileFormatException>(() => file.ReadFloats("missing"));
        Assert.Throws<ArgumentException>(() => file.ReadBytes("", new byte[3]));
    }

    [Fact]
    public void A_damaged_storage_is_found_when_it_is_read()
    {
        byte[] zip = TestTorchFiles.Zip(TestTorchFiles.ExamplePickle());
        int at = zip.AsSpan().IndexOf(TestTorchFiles.SixFloats);
        zip[at] ^= 1;
        using TorchFile file = Open(zip);
        Assert.Equal([1, -2], file.ReadFloats("list.0"));
        FileFormatException e = Assert.Throws<FileFormatException>(() => file.ReadFloats("repeated"));
        Assert.Contains("checksum", e.Message, StringComparison.Ordinal);
        Assert.Equal(file.Path, e.File);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_cut_file_is_refused_wherever_it_breaks_off(string form, byte[] good)
    {
        Assert.NotEmpty(form);
        for (int length = good.Length - 1; length >= 0; length -= 7)
            Assert.Throws<FileFormatException>(() => Open(good[..length]));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("this is no checkpoint", "begins like none")]
    [InlineData("PK", "is no zip archive")]
    public void What_is_no_torch_file_is_refused(string text, string reason) =>
        Assert.Contains(reason, Refusal(System.Text.Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        foreach (string path in (string[])[_folder.File("missing"), _folder.Path])
            Assert.Contains(path, Assert.ThrowsAny<UnderpaintException>(() => TorchFile.Open(path)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_that_are_not_laid_out_as_they_should_be_are_refused()
    {
        byte[] pickle = TestTorchFiles.ExamplePickle(), plain = new PickleBuilder().Op("}").End();
        Assert.Contains("2 folders with a file data.pkl", Refusal(TestImages.Zip(("a/data.pkl", plain), ("b/data.pkl", plain))));
        Assert.Contains("0 folders with a file data.pkl", Refusal(TestImages.Zip(("data.pkl", plain), ("a/b/data.pkl", plain))));
        Assert.Contains("does not hold", Refusal(TestImages.Zip(("a/data.pkl", pickle))));
        Assert.Contains("16 bytes of the storage",
            Refusal(TestImages.Zip(("a/data.pkl", pickle), ("a/data/0", new byte[16]))));
        Assert.Contains("byte order", Refusal(TestTorchFiles.Zip(plain, byteOrder: "middle")));
        Assert.Contains("1 unused bytes", Refusal(TestTorchFiles.Zip([.. plain, 0])));
        Assert.Contains("1 unused bytes", Refusal([.. TestTorchFiles.Legacy(pickle), 0]));
        Assert.Contains("nothing refers to", Refusal(TestTorchFiles.Legacy(plain)));
        Assert.Contains("another version than 1001", Refusal(TestTorchFiles.Legacy(plain, protocol: 1002)));
        Assert.Contains("bare pickle", Refusal(plain));
    }

    [Fact]
    public void A_small_file_cannot_stand_for_huge_tensors()
    {
        byte[] repeated = new PickleBuilder().Tensor("0", "FloatStorage", 6, 0, [1 << 20, 17], [0, 0]).End();
        Assert.Contains("decompression bomb", Refusal(TestTorchFiles.Zip(repeated)));
        byte[] empty = new PickleBuilder().Op("](").Tensor("0", "ByteStorage", 65 << 20, 0, [1], [1]).Op("e").End();
        byte[] packed = TestImages.Zip(("a/data.pkl", empty), ("a/data/0", new byte[65 << 20]));
        Assert.Contains("decompression bomb", Refusal(packed));
    }

    [Fact]
    public void Whole_numbers_of_any_size_are_plain_values()
    {
        using TorchFile file = Open(TestTorchFiles.Zip(new PickleBuilder().Raw(0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0x40).End()));
        Assert.Equal(new PickleInteger(BigInteger.Pow(2, 70)), file.Root);
        Assert.Empty(file.Tensors);
    }

    private TorchFile Open(byte[] bytes)
    {
        string path = _folder.File(Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        return TorchFile.Open(path);
    }

    private string Refusal(byte[] bytes)
    {
        FileFormatException e = Assert.Throws<FileFormatException>(() => Open(bytes));
        Assert.DoesNotContain('\n', e.Message);
        return e.Message;
    }
}
