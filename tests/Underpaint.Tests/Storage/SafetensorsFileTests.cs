using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class SafetensorsFileTests
{
    [Fact]
    public void Every_valid_golden_file_is_read_with_its_values()
    {
        string folder = SharedFiles.Path("golden", "small", "safetensors");
        int count = 0;
        foreach (JsonProperty expected in Golden(folder, "valid"))
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, expected.Name));
            var metadata = expected.Value.GetProperty("metadata").Deserialize<Dictionary<string, string>>()!;
            Assert.Equal(Sorted(metadata), Sorted(file.Metadata));
            JsonElement tensors = expected.Value.GetProperty("tensors");
            Assert.Equal(tensors.EnumerateObject().Select(tensor => tensor.Name).Order(StringComparer.Ordinal),
                file.Tensors.Keys.Order(StringComparer.Ordinal));
            foreach (JsonProperty tensor in tensors.EnumerateObject())
            {
                TensorEntry entry = file.Tensors[tensor.Name];
                Assert.Equal(tensor.Value.GetProperty("dtype").GetString(), entry.Type.ToString());
                Assert.Equal(tensor.Value.GetProperty("shape").Deserialize<long[]>(), entry.Shape);
                var bytes = new byte[entry.Length];
                file.ReadBytes(tensor.Name, bytes);
                string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
                Assert.Equal(tensor.Value.GetProperty("data_sha256").GetString(), hash);
            }
            count++;
        }
        Assert.Equal(14, count);
    }

    [Theory]
    [InlineData("v01_f32", "x", new[] { 0.3059991f, 0.506701946f, 0.676653743f, 0.789961994f })]
    [InlineData("v02_f16_bf16", "h", new[] { 0.0999755859f, -2.0f, 65504.0f, 5.96046448e-08f })]
    [InlineData("v02_f16_bf16", "b", new[] { 0.100097656f, -3.140625f, 1.00025555e+30f, 7.52316385e-37f })]
    [InlineData("v04_f64", "d", new[] { 3.14159274f, float.NegativeInfinity })]
    [InlineData("v05_scalar", "s", new[] { 2.5f })]
    [InlineData("v12_header_order_differs", "b", new[] { 7f })]
    public void Floats_of_every_kind_are_converted(string name, string tensor, float[] first)
    {
        string path = SharedFiles.Path("golden", "small", "safetensors", name + ".safetensors");
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(first, file.ReadFloats(tensor).Take(first.Length));
    }

    [Fact]
    public void Every_hostile_golden_file_is_refused()
    {
        string folder = SharedFiles.Path("golden", "small", "safetensors");
        int count = 0;
        foreach (JsonProperty hostile in Golden(folder, "hostile"))
        {
            string path = Path.Combine(folder, hostile.Name);
            FileFormatException e = Assert.Throws<FileFormatException>(() => SafetensorsFile.Open(path));
            Assert.Equal(path, e.File);
            Assert.DoesNotContain('\n', e.Message);
            count++;
        }
        Assert.Equal(42, count);
    }

    [Theory]
    [InlineData("h01_empty_file", "0 bytes")]
    [InlineData("h03_header_beyond_file", "cut short")]
    [InlineData("h04_header_over_100MB", "a header of 100000001 bytes")]
    [InlineData("h14_bom", "does not begin with {")]
    [InlineData("h15_invalid_utf8", "not UTF-8")]
    [InlineData("h16_lone_surrogate", "not valid JSON")]
    [InlineData("h18_duplicate_tensor_identical", "key 'a' twice")]
    [InlineData("h19_duplicate_field", "key 'dtype' twice")]
    [InlineData("h20_duplicate_metadata", "key '__metadata__' twice")]
    [InlineData("h21_overlap", "overlapping")]
    [InlineData("h23_hole_middle", "hole")]
    [InlineData("h25_trailing_bytes", "4 unused bytes")]
    [InlineData("h28_offset_out_of_range", "beyond its end")]
    [InlineData("h38_product_overflow", "impossibly large")]
    [InlineData("h40_overflow_then_zero", "no whole number")]
    [InlineData("h41_size_mismatch", "8 bytes, but its shape needs 12")]
    [InlineData("h44_unknown_dtype", "unknown dtype 'F33'")]
    [InlineData("h54_metadata_list", "__metadata__")]
    [InlineData("h55_deep_json", "other than an object in the entry 'a'")]
    [InlineData("h61_extra_field", "unknown field")]
    public void A_refusal_tells_the_rule_that_is_broken(string name, string reason)
    {
        string path = SharedFiles.Path("golden", "small", "safetensors", name + ".safetensors");
        FileFormatException e = Assert.Throws<FileFormatException>(() => SafetensorsFile.Open(path));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" {}", 0)]
    [InlineData("{}\n", 0)]
    [InlineData("{}\0", 0)]
    [InlineData("""{"__metadata__":{"a":1}}""", 0)]
    [InlineData("""{"__metadata__":{"a":null}}""", 0)]
    [InlineData("""{"__metadata__":{"a":"1","a":"1"}}""", 0)]
    [InlineData("""{"__metadata__":{"a":"\udc00"}}""", 0)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}""", 1)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[-0,1]}}""", 1)]
    [InlineData("""{"a":{"dtype":"u8","shape":[1],"data_offsets":[0,1]}}""", 1)]
    [InlineData("""{"a":{"dtype":"12","shape":[8],"data_offsets":[0,64]}}""", 64)]
    [InlineData("""{"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}""", 1)]
    [InlineData("""{"a":[]}""", 0)]
    [InlineData("""{"a":null}""", 0)]
    [InlineData("[]", 0)]
    public void Other_broken_headers_are_refused_too(string json, long dataLength) =>
        Assert.Throws<FileFormatException>(() => SafetensorsHeader.Parse("a", Encoding.UTF8.GetBytes(json), dataLength));

    [Fact]
    public void Too_many_tensors_metadata_or_dimensions_are_refused()
    {
        const string Empty = """{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""";
        IEnumerable<int> many = Enumerable.Range(0, SafetensorsHeader.MaxEntries + 1);
        string[] headers =
        [
            "{" + string.Join(',', many.Select(i => $"\"{i}\":{Empty}")) + "}",
            "{\"__metadata__\":{" + string.Join(',', many.Select(i => $"\"{i}\":\"\"")) + "}}",
            "{\"a\":" + Empty.Replace("[0]", $"[{string.Join(',', Enumerable.Repeat(0, 65))}]", StringComparison.Ordinal) + "}",
        ];
        foreach (string header in headers)
            Assert.Contains("more than", Assert.Throws<FileFormatException>(
                () => SafetensorsHeader.Parse("a", Encoding.UTF8.GetBytes(header), 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_is_refused_at_any_length()
    {
        using var folder = new TemporaryFolder();
        byte[] good = Example();
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(folder.File("a"), good[..length]);
            Assert.Throws<FileFormatException>(() => SafetensorsFile.Open(folder.File("a")));
        }
    }

    [Fact]
    public void Mutated_files_give_a_valid_file_or_a_format_error_and_nothing_else()
    {
        byte[] good = Example();
        int headerLength = BitConverter.ToInt32(good, 0);
        string[] fragments =
        [
            "\"", "{", "}", "[", "]", ",", ":", "-", "0", "1", " ", "18446744073709551616", "null", "\\ud800", "\"a\":",
            "__metadata__",
        ];
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            var random = new RandomSource(1, "mutation", round);
            var header = new List<byte>(good.AsSpan(8, headerLength).ToArray());
            for (int change = random.NextInt(4); change >= 0; change--)
            {
                int at = random.NextInt(header.Count);
                switch (random.NextInt(4))
                {
                    case 0: header[at] ^= (byte)(1 << random.NextInt(8)); break;
                    case 1: header.RemoveRange(at, Math.Min(1 + random.NextInt(12), header.Count - at - 1)); break;
                    case 2: header.InsertRange(at, Encoding.UTF8.GetBytes(fragments[random.NextInt(fragments.Length)])); break;
                    default: header.InsertRange(at, header.GetRange(at, Math.Min(random.NextInt(60), header.Count - at))); break;
                }
            }
            try
            {
                _ = SafetensorsHeader.Parse("mutated", CollectionsMarshal.AsSpan(header), good.Length - 8 - headerLength);
            }
            catch (FileFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 15_000, 19_900);
    }

    [Fact]
    public void Asking_for_what_is_not_there_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a"), Example());
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("a"));
        Assert.Throws<FileFormatException>(() => file.ReadFloats("missing"));
        Assert.Throws<FileFormatException>(() => file.ReadFloats("u"));
        Assert.Throws<ArgumentException>(() => file.ReadBytes("u", new byte[1]));
        File.WriteAllBytes(folder.File("a"), []);
        Assert.Throws<FileFormatException>(() => file.ReadFloats("f"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in (string[])[folder.File("missing"), folder.Path])
        {
            UnderpaintException e = Assert.ThrowsAny<UnderpaintException>(() => SafetensorsFile.Open(path));
            Assert.Contains(path, e.What, StringComparison.Ordinal);
        }
        Assert.SkipUnless(File.Exists("/dev/zero"), "the rest needs /dev/zero");
        Assert.Throws<FileFormatException>(() => SafetensorsFile.Open("/dev/zero"));
    }

    private static byte[] Example()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
        [
            TensorData.Floats("f", [2, 2], new float[] { 1, 2, 3, 4 }), new("u", DType.U8, [3], new byte[] { 1, 2, 3 }),
            new("empty", DType.I64, [4, 0], Array.Empty<byte>()),
        ], new Dictionary<string, string> { ["recipe"] = """{"name":"two-phase"}""", ["a"] = "b" });
        return stream.ToArray();
    }

    private static JsonElement.ObjectEnumerator Golden(string folder, string kind) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json"))).RootElement
            .GetProperty(kind).EnumerateObject();

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> entries) =>
        entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
