using Underpaint.Exchange;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of recipes, tensors and models.</summary>
internal static class ModelTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Recipes(folder), Safetensors(folder), Model(folder), Import(folder)];

    private static FuzzTarget Recipes(string folder)
    {
        string path = Path.Combine(folder, "fuzz.json");
        IEnumerable<string> recipes = RecipeLibrary.Names.Select(name => RecipeWriter.Write(RecipeLibrary.Load(name)));
        return new("recipe", [.. FuzzWords.Of([.. recipes])],
            input =>
            {
                FuzzTarget.Put(path, input);
                Recipe recipe = RecipeLibrary.Load(path);
                _ = new PhasePlan(recipe);
                _ = RecipeWriter.Write(recipe);
            })
        {
            Words =
            [
                .. FuzzWords.Json,
                .. FuzzWords.Of("\"phases\":", "\"preset\":", "\"schedule\":", "{\"shifted-cosine\":4}", "4e5", "9223372036854775807", "\"seed\":"),
            ],
        };
    }

    private static FuzzTarget Safetensors(string folder)
    {
        string path = Path.Combine(folder, "fuzz.safetensors");
        return new("safetensors", [Tensors(null), Tensors(new() { ["a"] = "b" })],
            input =>
            {
                FuzzTarget.Put(path, input);
                using SafetensorsFile file = SafetensorsFile.Open(path);
                foreach (TensorEntry tensor in file.Tensors.Values)
                    file.ReadBytes(tensor.Name, new byte[tensor.Length]);
                if (file.Tensors.ContainsKey("f"))
                    _ = file.ReadFloats("f");
            })
        {
            Words = [.. FuzzWords.Json, .. TensorWords()],
        };
    }

    private static FuzzTarget Model(string folder)
    {
        string path = Path.Combine(folder, "model.safetensors");
        Dictionary<string, string> metadata = new()
        {
            ["underpaint.format"] = "1",
            ["underpaint.imagesSeen"] = "64",
            ["underpaint.sha256"] = "",
            ["underpaint.recipe"] = RecipeWriter.Write(RecipeLibrary.Load("demo")),
        };
        return new("model", [Tensors(metadata)],
            input =>
            {
                FuzzTarget.Put(path, input);
                _ = ModelFile.Describe(path);
            })
        {
            Words = [.. FuzzWords.Json, .. TensorWords(), .. FuzzWords.Of("underpaint.recipe")],
        };
    }

    private static FuzzTarget Import(string folder)
    {
        string path = Path.Combine(folder, "official.any");
        return new("import", [Official(""), Official("ema_model.")],
            input =>
            {
                FuzzTarget.Put(path, input);
                using ITensorFile file = OfficialFile.Open(path);
                _ = new ImportPlan(file, new() { Settings = ["data.size=16"] }).Read();
            })
        {
            Words = [.. FuzzWords.Json, .. TensorWords(), .. FuzzWords.Of("encoder.", "input_blocks.9", "ema_model.", "model.", "x_T", ".1.qkv.weight")],
        };
    }

    // The smallest network, as the official code would write it.
    private static byte[] Official(string prefix)
    {
        Recipe recipe = RecipeLibrary.Load("demo",
            ["model.channels=1", "model.multipliers=[1,1]", "model.encoderMultipliers=[1,1]", "model.attentionAt=[8]", "model.code=1"]);
        var layout = ModelContent.LayoutOf(recipe);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. layout.All.Select(weight => TensorData.Floats(prefix + weight.Name, weight.Shape, new float[weight.Length]))]);
        return stream.ToArray();
    }

    private static byte[] Tensors(Dictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
            [
                TensorData.Floats("f", [2, 2], new float[] { 1, 2, 3, 4 }), new("u", DType.U8, [3], new byte[] { 1, 2, 3 }),
                new("e", DType.I64, [4, 0], Array.Empty<byte>()),
            ],
            metadata);
        return stream.ToArray();
    }

    private static IEnumerable<byte[]> TensorWords() =>
        FuzzWords.Of("\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[0,16]", "__metadata__", "4294967296");
}
