using Underpaint.Exchange;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of recipes, tensors and models.</summary>
internal static class ModelTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Recipes(folder), Safetensors(folder), Model(folder), Import(folder), ImportOfParts(folder)];

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
        string path = Path.Combine(folder, "official.any"), destination = Path.Combine(folder, "imported.safetensors"), beside = Path.Combine(folder, "imported-latent.safetensors");
        return new("import", [Official(Autoencoder("")), Official(Autoencoder("ema_model.")), Official([.. Autoencoder(""), .. Latent("latent_net."), .. Statistics()])],
            input =>
            {
                FuzzTarget.Put(path, input);
                // What an earlier input became would be in the way.
                File.Delete(destination);
                File.Delete(beside);
                _ = ModelImport.Run(path, destination, new() { Settings = ["data.size=16"] });
            })
        {
            Words = [.. FuzzWords.Json, .. TensorWords(), .. FuzzWords.Of("encoder.", "input_blocks.9", "ema_model.", "model.", "x_T", ".1.qkv.weight", "latent_net.", "conds")],
        };
    }

    // What belongs to an autoencoder that is somewhere else.
    private static FuzzTarget ImportOfParts(string folder)
    {
        string path = Path.Combine(folder, "parts.any"), model = Path.Combine(folder, "owner.safetensors"), destination = Path.Combine(folder, "part.safetensors");
        ModelFile.Save(model, new(Smallest, 0, new float[ModelContent.LayoutOf(Smallest).Count]), Disk.Instance);
        return new("import-parts",
            [
                Official([.. Latent(""), .. Statistics()]), Official([Floats("ema_classifier.weight", 2, 1), Floats("ema_classifier.bias", 2), .. Statistics()]),
                Official([Floats("conds", 3, 1), .. Statistics()]),
            ],
            input =>
            {
                FuzzTarget.Put(path, input);
                File.Delete(destination);
                _ = ModelImport.Run(path, destination, new() { Model = model });
            })
        {
            Words = [.. FuzzWords.Json, .. TensorWords(), .. FuzzWords.Of("layers.", "linear_emb", "cond_layers.1", "classifier.", "conds", "conds_mean", "ema_", "99.")],
        };
    }

    private static Recipe Smallest { get; } = RecipeLibrary.Load("demo",
        ["model.channels=1", "model.multipliers=[1,1]", "model.encoderMultipliers=[1,1]", "model.attentionAt=[8]", "model.code=1"]);

    // As the official code would write it.
    private static byte[] Official(IEnumerable<TensorData> tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. tensors]);
        return stream.ToArray();
    }

    private static IEnumerable<TensorData> Autoencoder(string prefix) => Zeros(ModelContent.LayoutOf(Smallest), prefix);

    private static IEnumerable<TensorData> Latent(string prefix) => Zeros(new LatentNetwork(new() { Width = 2, Layers = 3 }, codeSize: 1).Weights, prefix);

    private static IEnumerable<TensorData> Statistics() => [Floats("conds_mean", 1), Floats("conds_std", 1)];

    private static IEnumerable<TensorData> Zeros(WeightSet layout, string prefix) =>
        layout.All.Select(weight => TensorData.Floats(prefix + weight.Name, weight.Shape, new float[weight.Length]));

    private static TensorData Floats(string name, params long[] shape) =>
        TensorData.Floats(name, shape, new float[shape.Aggregate(1L, (product, size) => product * size)]);

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
