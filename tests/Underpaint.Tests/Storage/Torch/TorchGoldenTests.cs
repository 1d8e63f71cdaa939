using System.Globalization;
using System.Text.Json;
using Underpaint.Storage;
using Underpaint.Storage.Torch;

namespace Underpaint.Tests.Storage.Torch;

/// <summary>Files that PyTorch itself wrote, and hostile ones.</summary>
public class TorchGoldenTests
{
    private static readonly Dictionary<string, DType> Types = new()
    {
        ["float16"] = DType.F16,
        ["bfloat16"] = DType.BF16,
        ["float32"] = DType.F32,
        ["float64"] = DType.F64,
        ["int64"] = DType.I64,
        ["int32"] = DType.I32,
        ["int16"] = DType.I16,
        ["int8"] = DType.I8,
        ["uint8"] = DType.U8,
        ["bool"] = DType.BOOL,
    };

    [Theory]
    [InlineData("legacy.pt", "tensors", "state_dict.", 5)]
    [InlineData("mixed.pt", "tensors", "tensors.", 23)]
    [InlineData("mixed.pt", "module_state_dict", "module_state_dict.", 7)]
    [InlineData("toplevel_list.pt", "tensors", "", 2)]
    public void Tensors_of_every_kind_are_read_with_their_views_and_values(string name, string group, string prefix, int count)
    {
        using TorchFile file = TorchFile.Open(SharedFiles.Path("golden", "small", "ckpt", name));
        JsonProperty[] tensors = [.. Expected("accept", name).GetProperty(group).EnumerateObject()];
        Assert.Equal(count, tensors.Length);
        foreach (JsonProperty tensor in tensors)
        {
            TorchTensor actual = file.Tensors[prefix + tensor.Name];
            Assert.Equal(Types[tensor.Value.GetProperty("dtype").GetString()!], actual.Type);
            Assert.Equal(tensor.Value.GetProperty("shape").Deserialize<long[]>(), actual.Shape);
            Assert.Equal(tensor.Value.GetProperty("stride").Deserialize<long[]>(), actual.Strides);
            Assert.Equal(tensor.Value.GetProperty("storage_offset").GetInt64(), actual.Offset);
            Assert.Equal(tensor.Value.GetProperty("storage_numel").GetInt64(), actual.Storage.Count);
            double[] expected = [.. tensor.Value.GetProperty("values").EnumerateArray().Select(Number)];
            // Nine digits are enough for a float, so that the parsed number is the same float, and nothing else is.
            Assert.Equal(expected.Select(value => (float)value), Values(file, prefix + tensor.Name).Take(12));
        }
        Assert.Equal(count, file.Tensors.Keys.Count(key => key.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("legacy.pt", "state_dict")]
    [InlineData("mixed.pt", "tensors")]
    public void Parameters_and_shared_storages_are_told(string name, string group)
    {
        using TorchFile file = TorchFile.Open(SharedFiles.Path("golden", "small", "ckpt", name));
        JsonElement expected = Expected("accept", name);
        PickleMap values = Assert.IsType<PickleMap>(Assert.IsType<PickleMap>(file.Root)[group]);
        foreach (JsonProperty tensor in expected.GetProperty("tensors").EnumerateObject())
            Assert.Equal(tensor.Value.GetProperty("parameter").GetBoolean(), values[tensor.Name] is TorchParameter);
        string[] shared = expected.GetProperty("shared_storage")[0].Deserialize<string[]>()!;
        Assert.All(shared, tensor =>
            Assert.Same(file.Tensors[$"{group}.{shared[0]}"].Storage, file.Tensors[$"{group}.{tensor}"].Storage));
    }

    [Fact]
    public void Plain_values_of_every_kind_are_read()
    {
        using TorchFile file = TorchFile.Open(SharedFiles.Path("golden", "small", "ckpt", "mixed.pt"));
        PickleMap plain = Assert.IsType<PickleMap>(Assert.IsType<PickleMap>(file.Root)["plain"]);
        Assert.Equal(new PickleInteger(-1), plain["neg"]);
        Assert.Equal(new PickleInteger(System.Numerics.BigInteger.Pow(2, 70)), plain["bigger"]);
        Assert.Equal(new PickleFloat(-0.125), plain["f"]);
        Assert.Equal(new PickleText("Zürich 画像 😀"), plain["unicode"]);
        Assert.Equal(300, Assert.IsType<PickleText>(plain["long_str"]).Value.Length);
        Assert.Same(PickleNone.Instance, plain["none"]);
        Assert.Equal(new PickleBoolean(true), plain["yes"]);
        Assert.Equal(5, Assert.IsType<PickleTuple>(plain["tuple5"]).Items.Count);
        Assert.Equal(2, Assert.IsType<PickleList>(plain["list"]).Items.Count);
        Assert.Equal([0, 255], Assert.IsType<PickleBytes>(plain["bytes"]).Value.ToArray());
        Assert.NotEmpty(Assert.IsType<PickleSet>(plain["set"]).Items);
        PickleMap root = Assert.IsType<PickleMap>(file.Root);
        Assert.Equal(new PickleGlobal("torch", "float16"), root["dtype"]);
        Assert.Equal(new PickleText("cpu"), root["device"]);
        Assert.All(Assert.IsType<PickleTuple>(root["size"]).Items, size => Assert.IsType<PickleInteger>(size));
    }

    [Fact]
    public void A_lightning_checkpoint_is_read()
    {
        JsonElement expected = Expected("accept", "last.ckpt");
        using TorchFile file = TorchFile.Open(SharedFiles.Path("golden", "small", "ckpt", "last.ckpt"));
        PickleMap root = Assert.IsType<PickleMap>(file.Root);
        Assert.Equal(expected.GetProperty("top_level_keys").Deserialize<string[]>()!.Select(key => new PickleText(key)),
            root.Entries.Keys);
        Assert.Equal(new PickleInteger(12345), root["global_step"]);
        Assert.Equal("cuda:0", file.Tensors["state_dict.x_T"].Storage.Location);
        string[] state = [.. file.Tensors.Keys.Where(name => name.StartsWith("state_dict.", StringComparison.Ordinal))];
        Assert.Equal(expected.GetProperty("state_dict_count").GetInt32(), state.Length);
        double sum = state.Sum(name => file.ReadFloats(name).Sum(value => (double)value));
        Assert.Equal(expected.GetProperty("float32_sum_over_all_state_dict").GetDouble(), sum, 1e-4);
        foreach (JsonProperty sample in expected.GetProperty("sample_values").EnumerateObject())
        {
            string name = "state_dict." + sample.Name;
            Assert.Equal(sample.Value.GetProperty("shape").Deserialize<long[]>(), file.Tensors[name].Shape);
            Assert.Equal(sample.Value.GetProperty("first4").Deserialize<float[]>(), file.ReadFloats(name).Take(4));
        }
        JsonElement adam = expected.GetProperty("adam");
        int last = adam.GetProperty("total_params_in_group").GetInt32() - 1;
        foreach (string moment in (string[])["exp_avg", "exp_avg_sq"])
        {
            Assert.Equal(adam.GetProperty(moment + "_first4_of_param0").Deserialize<float[]>(),
                file.ReadFloats($"optimizer_states.0.state.0.{moment}").Take(4));
            Assert.Contains($"optimizer_states.0.state.{last}.{moment}", file.Tensors.Keys);
        }
        Assert.Contains(Assert.IsType<PickleMap>(root["callbacks"]).Entries.Keys,
            key => key is PickleGlobal { Name: "ModelCheckpoint" });
    }

    [Fact]
    public void Saved_codes_are_read()
    {
        JsonElement expected = Expected("accept", "latent.pkl");
        using TorchFile file = TorchFile.Open(SharedFiles.Path("golden", "small", "ckpt", "latent.pkl"));
        foreach (JsonProperty shape in expected.GetProperty("shapes").EnumerateObject())
            Assert.Equal(shape.Value.Deserialize<long[]>(), file.Tensors[shape.Name].Shape);
        Assert.Equal(expected.GetProperty("conds_first4").Deserialize<float[]>(), file.ReadFloats("conds").Take(4));
        Assert.Equal(expected.GetProperty("conds_mean").Deserialize<float[]>(), file.ReadFloats("conds_mean"));
        Assert.Equal(expected.GetProperty("conds_std").Deserialize<float[]>(), file.ReadFloats("conds_std"));
    }

    [Fact]
    public void Hostile_files_are_refused_and_their_harmless_likes_are_read()
    {
        string folder = SharedFiles.Path("golden", "small", "ckpt");
        int refused = 0, read = 0;
        foreach (JsonProperty hostile in Expected("hostile").EnumerateObject())
        {
            string path = Path.Combine(folder, hostile.Name);
            if (hostile.Value.GetProperty("expect").GetString() == "accept")
            {
                ReadAll(path);
                read++;
                continue;
            }
            // Where either would do, the strict answer is ours.
            FileFormatException e = Assert.Throws<FileFormatException>(() => ReadAll(path));
            Assert.Equal(path, e.File);
            Assert.DoesNotContain('\n', e.Message);
            refused++;
        }
        Assert.Equal((2, 48), (read, refused));
    }

    [Theory]
    [InlineData("h_posix_system_in_dict", "names 'posix.system'")]
    [InlineData("h_builtins_eval", "names 'builtins.eval'")]
    [InlineData("h_py2_builtin_exec", "names '__builtin__.exec'")]
    [InlineData("h_build_setstate", "names 'types.SimpleNamespace'")]
    [InlineData("h_dotted_name", "names '")]
    [InlineData("h_legacy_bare_pickle_os_system", "names 'os.system'")]
    [InlineData("h_truncated_zip_no_eocd", "truncated")]
    [InlineData("h_truncated_zip_half", "truncated")]
    [InlineData("h_storage_too_large", "bytes of the storage '0'")]
    [InlineData("h_tensor_beyond_storage", "beyond its storage")]
    [InlineData("h_offset_beyond_storage", "beyond its storage")]
    [InlineData("h_negative_stride", "cannot be made of")]
    [InlineData("h_negative_offset", "cannot be made of")]
    [InlineData("h_rebuild_size_not_ints", "cannot be made of")]
    [InlineData("h_huge_shape", "bytes of the storage '0'")]
    [InlineData("h_huge_shape_stride0", "decompression bomb")]
    [InlineData("h_storage_key_absolute", "which it does not hold")]
    [InlineData("h_zip_root_traversal", "forbidden name")]
    [InlineData("h_missing_record", "which it does not hold")]
    [InlineData("h_missing_data_pkl", "0 folders with a file data.pkl")]
    [InlineData("h_two_roots", "2 folders with a file data.pkl")]
    [InlineData("h_unknown_storage_type", "names 'torch.EvilStorage'")]
    [InlineData("h_persid_wrong_tag", "no storage")]
    [InlineData("h_text_persid", "instruction 0x50")]
    [InlineData("h_storage_two_dtypes", "in two ways")]
    [InlineData("h_nested_lists_100k", "more than 100 deep")]
    [InlineData("h_nested_tuples_100k", "more than 100 deep")]
    [InlineData("h_nested_reduce_20k", "cannot be made of")]
    [InlineData("h_self_reference", "in themselves")]
    [InlineData("h_billion_laughs", "instead of one value")]
    [InlineData("h_string8_length_huge", "declares 4611686018427387904 bytes")]
    [InlineData("h_long4_negative", "whole number of -1 bytes")]
    [InlineData("h_memo_index_huge", "impossible number 2147483647")]
    [InlineData("h_frame_huge", "declares a frame")]
    [InlineData("h_stack_underflow", "never made")]
    [InlineData("h_unknown_opcode", "instruction 0xFF")]
    [InlineData("h_dup_dict_key", "twice in a dictionary")]
    [InlineData("h_crc_mismatch", "checksum")]
    [InlineData("h_cd_offset_out_of_range", "truncated or damaged")]
    [InlineData("h_cd_count_wrong", "truncated or damaged")]
    [InlineData("h_entry_size_out_of_range", "takes 2,147,483,647 bytes")]
    [InlineData("h_empty_file", "is empty")]
    [InlineData("h_text_file", "begins like none")]
    [InlineData("h_only_eocd", "0 folders with a file data.pkl")]
    [InlineData("h_legacy_numel_mismatch", "in two ways")]
    [InlineData("h_legacy_unlisted_key", "does not hold")]
    [InlineData("h_legacy_extra_key", "nothing refers to")]
    [InlineData("h_legacy_bad_protocol", "another version than 1001")]
    public void A_refusal_tells_the_rule_that_is_broken(string name, string reason)
    {
        string path = SharedFiles.Path("golden", "small", "ckpt", name + ".pt");
        Assert.Contains(reason, Assert.Throws<FileFormatException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string path)
    {
        using TorchFile file = TorchFile.Open(path);
        foreach ((string name, TorchTensor tensor) in file.Tensors)
            file.ReadBytes(name, new byte[tensor.Length]);
    }

    private static IEnumerable<float> Values(TorchFile file, string name)
    {
        TorchTensor tensor = file.Tensors[name];
        if (FloatDecoding.Knows(tensor.Type))
            return file.ReadFloats(name);
        var bytes = new byte[tensor.Length];
        file.ReadBytes(name, bytes);
        IEnumerable<int> starts = Enumerable.Range(0, (int)tensor.Count).Select(i => i * tensor.Type.Size());
        return tensor.Type switch
        {
            DType.I64 => starts.Select(i => (float)BitConverter.ToInt64(bytes, i)),
            DType.I32 => starts.Select(i => (float)BitConverter.ToInt32(bytes, i)),
            DType.I16 => starts.Select(i => (float)BitConverter.ToInt16(bytes, i)),
            DType.I8 => bytes.Select(value => (float)(sbyte)value),
            _ => bytes.Select(value => (float)value),
        };
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when value.GetString() is "inf" => double.PositiveInfinity,
        JsonValueKind.String when value.GetString() is "-inf" => double.NegativeInfinity,
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => value.GetDouble(),
    };

    private static JsonElement Expected(params string[] path)
    {
        string file = SharedFiles.Path("golden", "small", "ckpt", "expected.json");
        JsonElement element = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
        foreach (string key in path)
            element = element.GetProperty(key);
        return element;
    }
}
