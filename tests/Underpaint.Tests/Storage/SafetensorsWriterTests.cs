using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class SafetensorsWriterTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();
        Prop.ForAll<string[], Dictionary<NonNull<string>, NonNull<string>>, int>((names, texts, seed) =>
        {
            TensorData[] tensors =
                [.. names.Where(IsText).Append("").Distinct().Select((name, i) => RandomTensor(name, seed, i))];
            var metadata = texts.Where(entry => IsText(entry.Key.Get) && IsText(entry.Value.Get))
                .GroupBy(entry => entry.Key.Get).ToDictionary(group => group.Key, group => group.First().Value.Get);
            string path = folder.File("a.safetensors");
            AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, metadata));

            using SafetensorsFile file = SafetensorsFile.Open(path);
            return file.Tensors.Count == tensors.Length
                && tensors.All(tensor => IsSame(tensor, file))
                && file.Metadata.OrderBy(entry => entry.Key).SequenceEqual(metadata.OrderBy(entry => entry.Key));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_order_given_does_not_change_the_bytes_and_every_tensor_is_aligned()
    {
        TensorData[] tensors =
            [.. Enum.GetValues<DType>().Select((type, i) => new TensorData($"t{i}", type, [3], new byte[3 * type.Size()]))];
        var metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" };
        byte[] bytes = Write(tensors, metadata);
        Assert.Equal(bytes, Write([.. tensors.Reverse()], metadata.Reverse().ToDictionary()));

        int headerLength = BitConverter.ToInt32(bytes, 0);
        Assert.Equal(0, headerLength % 8);
        Assert.StartsWith("""{"__metadata__":{"a":"1","b":"2"},"t13":{"dtype":"U64","shape":[3],"data_offsets":[0,24]},""",
            Encoding.UTF8.GetString(bytes, 8, headerLength), StringComparison.Ordinal);
        SafetensorsHeader header = SafetensorsHeader.Parse("a", bytes.AsSpan(8, headerLength), bytes.Length - 8 - headerLength);
        Assert.All(header.Tensors.Values, tensor => Assert.Equal(0, tensor.Offset % tensor.Type.Size()));
    }

    [Fact]
    public void A_file_without_tensors_is_two_braces() =>
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], Write([]));

    [Fact]
    public void What_the_reader_would_refuse_is_not_written()
    {
        var one = new TensorData("a", DType.U8, [1], new byte[1]);
        TensorData[][] impossible =
        [
            [one, one], [one with { Name = "__metadata__" }], [one with { Name = "\ud800" }], [one with { Shape = [-1] }],
            [one with { Shape = [long.MaxValue, 2] }], [one with { Shape = [.. Enumerable.Repeat(1L, 65)] }],
        ];
        foreach (TensorData[] tensors in impossible)
            Assert.ThrowsAny<ArgumentException>(() => Write(tensors));
        Assert.ThrowsAny<ArgumentException>(() => Write([one], new Dictionary<string, string> { ["a"] = "\udc00" }));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_tensor_that_writes_too_little_or_too_much_is_an_error(int bytes) =>
        Assert.ThrowsAny<ArgumentException>(() => Write([new("a", DType.U8, [3], new byte[bytes])]));

    private static TensorData RandomTensor(string name, int seed, int index)
    {
        var random = new RandomSource(seed, "tensor", index);
        DType type = Enum.GetValues<DType>()[random.NextInt(Enum.GetValues<DType>().Length)];
        long[] shape = [.. Enumerable.Range(0, random.NextInt(4)).Select(_ => (long)random.NextInt(4))];
        var bytes = new byte[shape.Aggregate((long)type.Size(), (product, dimension) => product * dimension)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.NextBits();
        return new TensorData(name, type, shape, bytes);
    }

    private static bool IsSame(TensorData tensor, SafetensorsFile file)
    {
        using var expected = new MemoryStream();
        tensor.Write(expected);
        TensorEntry entry = file.Tensors[tensor.Name];
        var bytes = new byte[entry.Length];
        file.ReadBytes(tensor.Name, bytes);
        return entry.Type == tensor.Type && entry.Shape.SequenceEqual(tensor.Shape) && expected.ToArray().SequenceEqual(bytes);
    }

    // Half a surrogate pair is no text and cannot be written.
    private static bool IsText(string? text) =>
        text is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static byte[] Write(IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
