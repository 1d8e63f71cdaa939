using Underpaint.Codes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Editing;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Onnx;
using Underpaint.Tests.Runs;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Onnx;

public sealed class OnnxAutoencoderTests : IDisposable
{
    private readonly ExportedModels _models = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _models.Dispose();
    }

    private static readonly ModelOptions Intricate = new()
    {
        Channels = 20,
        Multipliers = [1, 2, 3],
        Blocks = 2,
        AttentionAt = [16, 4],
        Code = 12,
        EncoderMultipliers = [1, 2],
        EncoderBlocks = 1,
        TimeEmbedding = 24,
        Heads = 2,
        Groups = 10,
    };

    public static TheoryData<string> Recipes => ["tiny", "intricate", "odd", "grey baseline", "structure only"];

    private static Recipe RecipeOf(string name) => name switch
    {
        "intricate" => Tiny.Recipe with { Model = Intricate },
        // Half of 18 pixels is an odd number of them.
        "odd" => Tiny.Recipe with { Data = new() { Size = 18 }, Model = Tiny.Model with { Channels = 5, AttentionAt = [], Groups = 5 } },
        "grey baseline" => Tiny.Recipe with
        {
            Data = new() { Size = 16, Color = ColorMode.Grey },
            Phases = [new() { Name = "baseline", Images = 96, Schedule = NoiseSchedule.LinearBeta, Predict = Prediction.Noise }],
        },
        "structure only" => Tiny.Recipe with { Phases = [Tiny.Recipe.Phases[0]] },
        _ => Tiny.Recipe,
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Codes_and_pictures_of_a_seed_are_those_of_libtorch(string name)
    {
        Recipe recipe = RecipeOf(name);
        using DiffusionAutoencoder torchModel = _models.WithRandomWeights(recipe).LoadTorch();
        using OnnxAutoencoder model = _models.LoadOnnx();
        PixelImage[] images = ExportedModels.Images(recipe, 3);

        float[] codes = model.EncodeValues([.. images.SelectMany(image => image.ToValues())]);
        using CodeBatch expectedCodes = torchModel.Encode(ToBatch(images));
        Assert.True(Largest(codes, expectedCodes.Tensor) <= 1e-4);

        using ImageBatch expected = torchModel.Decode(expectedCodes, seed: 7);
        float[] decoded = model.DecodeValues(codes, model.DrawStochasticCodes(3, seed: 7), new());
        Assert.True(Largest(decoded, expected.Tensor) <= 1e-3);
        Assert.True(Largest(decoded, torchModel.Decode(expectedCodes, seed: 8).Tensor) > 1e-2 || name == "structure only");
    }

    [Fact]
    public void Every_solver_and_grid_ends_where_it_ends_with_libtorch()
    {
        using DiffusionAutoencoder torchModel = _models.WithRandomWeights(Tiny.Recipe).LoadTorch();
        using OnnxAutoencoder model = _models.LoadOnnx();
        float[] codes = [.. Enumerable.Range(0, 2 * model.CodeSize).Select(i => MathF.Sin(i))];
        using CodeBatch same = codes.ToCodeBatch(model.CodeSize);
        foreach (Solver solver in Enum.GetValues<Solver>())
        {
            foreach (TimeGrid grid in new[] { TimeGrid.Uniform, TimeGrid.Quadratic, TimeGrid.LogSnr })
            {
                using ImageBatch expected = torchModel.Decode(same, steps: 6, seed: 2, solver: solver, grid: grid);
                float[] decoded = model.DecodeValues(codes, model.DrawStochasticCodes(2, seed: 2), new() { Steps = 6, Solver = solver, Grid = grid });
                Assert.True(Largest(decoded, expected.Tensor) <= 1e-3);
            }
        }
    }

    [Fact]
    public void A_trained_model_gives_the_same_pictures_and_stochastic_codes()
    {
        using var runs = new SmallRun();
        Underpaint.Storage.RunFolder run = runs.Start("run");
        Assert.True(SmallRun.Train(run));
        File.Copy(run.ModelFile, _models.ModelPath);
        using DiffusionAutoencoder torchModel = _models.LoadTorch();
        using OnnxAutoencoder model = _models.LoadOnnx();
        PixelImage[] images = ExportedModels.Images(torchModel.Recipe, 2);
        float[] values = [.. images.SelectMany(image => image.ToValues())], codes = model.EncodeValues(values);
        using CodeBatch expectedCodes = torchModel.Encode(ToBatch(images));
        Assert.True(Largest(codes, expectedCodes.Tensor) <= 1e-4);
        Assert.All([0f, 250f, 999f], time =>
        {
            var prediction = new float[values.Length];
            model.Predict(values, time, codes, prediction);
            Assert.True(Largest(prediction, Predict(ModelFile.Read(_models.ModelPath), ToBatch(images).Tensor, time, expectedCodes.Tensor)) <= 1e-4);
        });
        using StochasticCodeBatch expected = torchModel.Invert(ToBatch(images), expectedCodes, steps: 10);
        float[] inverted = model.InvertValues(values, codes, steps: 10);
        Assert.True(Largest(inverted, expected.Tensor) <= 1e-3);
        using ImageBatch decoded = torchModel.Decode(expectedCodes, start: expected);
        Assert.True(Largest(model.DecodeValues(codes, inverted, new()), decoded.Tensor) <= 1e-3);
    }

    [Fact]
    public void More_images_than_fit_a_chunk_are_each_as_if_alone()
    {
        _models.WithRandomWeights(Tiny.Recipe);
        using OnnxAutoencoder model = _models.LoadOnnx();
        PixelImage[] images = ExportedModels.Images(Tiny.Recipe, 19);
        IReadOnlyList<float[]> codes = model.Encode(images);
        Assert.Equal(19, codes.Count);
        Assert.All(model.Encode(images[18])[0].Zip(codes[18]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        IReadOnlyList<PixelImage> decoded = model.Decode(codes, new() { Steps = 2 });
        Assert.Equal((19, 16, 16, 3), (decoded.Count, decoded[0].Width, decoded[0].Height, decoded[0].Channels));
        Assert.True(Difference(model.Decode([codes[0]], new() { Steps = 2 })[0], decoded[0]) <= 1);
    }

    [Theory]
    [InlineData(DirectionKind.Curve)]
    [InlineData(DirectionKind.Effect)]
    [InlineData(DirectionKind.Probe)]
    public void Edited_pictures_are_those_of_libtorch(DirectionKind kind)
    {
        using DiffusionAutoencoder torchModel = _models.WithRandomWeights(Tiny.Recipe).LoadTorch();
        DirectionSet directions = DirectionsOf(torchModel);
        directions.Save(_models.File("directions.safetensors"));
        using OnnxAutoencoder model = _models.LoadOnnx(_models.File("directions.safetensors"));
        Assert.Equal(directions.Statistics.Mean, model.Statistics!.Mean);
        PixelImage[] images = ExportedModels.Images(Tiny.Recipe, 2);
        CodeMove[] moves = [new("round", 0.8)];
        var options = new DecodeOptions { Steps = 4, InversionSteps = 6 };
        IReadOnlyList<PixelImage> edited = model.Edit(images, moves, options, kind);

        using var source = new Ornaments(2, Tiny.Recipe.Data.Size, seed: 3);
        EditedImage[] expected = [.. ImageEditor.Run(torchModel, source, directions, new()
        {
            Moves = moves,
            Along = kind,
            Multiples = [0, 1],
            InversionSteps = 6,
            Decoding = new() { Steps = 4 },
        }, [])];
        Assert.All(Enumerable.Range(0, 2), i => Assert.True(Difference(edited[i], expected[i].Pictures[1]) <= 1));
        Assert.True(Difference(edited[0], expected[0].Pictures[0]) > 1, "the move does nothing");
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("structure only")]
    public void The_ends_of_the_way_between_two_images_are_what_they_decode_to(string name)
    {
        Recipe recipe = RecipeOf(name);
        _models.WithRandomWeights(recipe);
        using OnnxAutoencoder model = _models.LoadOnnx();
        PixelImage[] images = ExportedModels.Images(recipe, 2);
        var options = new DecodeOptions { Steps = 3, InversionSteps = 3, Seed = 4 };
        IReadOnlyList<PixelImage> way = model.Interpolate(images[0], images[1], frames: 3, options);
        Assert.Equal(3, way.Count);
        float[] values = images[1].ToValues(), codes = model.EncodeValues(values);
        float[] start = model.CanInvert ? model.InvertValues(values, codes, 3) : model.DrawStochasticCodes(1, 4);
        PixelImage last = new ReadOnlySpan<float>(model.DecodeValues(codes, start, options)).ToImage(16, 3);
        Assert.True(Difference(way[2], last) <= 1);
    }

    [Fact]
    public void Images_are_read_as_the_model_sees_them_and_within_limits()
    {
        _models.WithRandomWeights(Tiny.Recipe);
        using OnnxAutoencoder model = _models.LoadOnnx();
        PixelImage image = ExportedModels.Images(Tiny.Recipe with { Data = new() { Size = 40 } }, 1)[0];
        File.WriteAllBytes(_models.File("image.png"), Underpaint.Reports.Png.Encode(image));
        Assert.Equal(ImagePreparation.Prepare(image, Tiny.Recipe.Data).Pixels, model.Read(_models.File("image.png")).Pixels);
        Assert.Contains("limit", Assert.Throws<FileFormatException>(() =>
            model.Read(File.ReadAllBytes(_models.File("image.png")), "image.png", new() { MaxSide = 39 })).Message);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_a_remedy()
    {
        _models.WithRandomWeights(Tiny.Recipe);
        Assert.Contains("export --onnx", Assert.Throws<UnderpaintException>(() => OnnxAutoencoder.Load(_models.File("nowhere"))).Message);
        using (OnnxAutoencoder model = _models.LoadOnnx())
        {
            Assert.Contains("--directions", Assert.Throws<UnderpaintException>(() => model.Directions).Message);
            Assert.Contains("numbers", Assert.Throws<UnderpaintException>(() => model.Decode([new float[3]])).Message);
        }
        string denoiser = Path.Combine(_models.Folder, "denoiser.onnx");
        byte[] graph = File.ReadAllBytes(denoiser);
        File.WriteAllBytes(denoiser, graph[..(graph.Length / 2)]);
        Assert.Throws<FileFormatException>(() => OnnxAutoencoder.Load(_models.Folder));
        File.WriteAllBytes(denoiser, graph);
        using var others = new ExportedModels();
        using (others.WithRandomWeights(Tiny.Recipe with { Model = Tiny.Model with { Code = 8 } }).LoadOnnx())
            File.Copy(Path.Combine(others.Folder, "encoder.onnx"), Path.Combine(_models.Folder, "encoder.onnx"), overwrite: true);
        Assert.Contains("another model", Assert.Throws<FileFormatException>(() => OnnxAutoencoder.Load(_models.Folder)).Message);
    }

    private static Tensor Predict(ModelContent model, Tensor noisy, float time, Tensor codes)
    {
        using var network = new AutoencoderNetwork(model.Recipe.Model, model.Recipe.Data.Size, model.Recipe.Data.Channels);
        network.Weights.Allocate();
        network.Weights.Load(model.Values);
        return network.Predict(noisy, full(noisy.size(0), time), codes);
    }

    private static DirectionSet DirectionsOf(DiffusionAutoencoder model) => new()
    {
        Model = model.Identity,
        Statistics = new([.. Enumerable.Range(0, model.CodeSize).Select(i => i * 0.01)], [.. Enumerable.Repeat(0.5, model.CodeSize)]),
        Directions =
        [
            new()
            {
                Name = "round",
                IsBinary = true,
                Effect = [.. Enumerable.Range(0, model.CodeSize).Select(i => MathF.Cos(i))],
                Probe = [.. Enumerable.Range(0, model.CodeSize).Select(i => MathF.Sin(i))],
                ProbeUnit = 1.25,
                Examples = [3, 4],
            },
        ],
        Curves = CurvesOf(model.CodeSize),
    };

    // Of two images, whose codes differ by two standard deviations in every number.
    private static CodeCurves CurvesOf(int size)
    {
        var space = new AttributeSpace([new(IsBinary: true, null, Mean: 0.5, Deviation: 0.5, Low: 0, High: 1, Relevance: 1)]);
        float[] codes = [.. Enumerable.Repeat(-1f, size), .. Enumerable.Repeat(1f, size)];
        return new(space, new(codes, [-1, 1], size, Scale: 2 * size), new([-1, 1], codes, 1, Scale: 2), explained: 1);
    }

    private static ImageBatch ToBatch(PixelImage[] images)
    {
        long[] shape = [images.Length, images[0].Channels, images[0].Height, images[0].Width];
        return new(tensor([.. images.SelectMany(image => image.ToValues())], shape));
    }

    private static double Largest(float[] numbers, Tensor expected) =>
        numbers.Zip(expected.contiguous().data<float>().ToArray()).Max(pair => Math.Abs(pair.First - pair.Second));

    private static int Difference(PixelImage a, PixelImage b) => a.Pixels.Zip(b.Pixels).Max(pair => Math.Abs(pair.First - pair.Second));
}
