using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly DiffusionAutoencoder _model;

    public EvaluatorTests()
    {
        TorchLibrary.Load();
        var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        network.Weights.Initialize(seed: 1);
        _model = new(network, Tiny.Recipe, imagesSeen: 96);
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_figures_are_those_of_the_pictures()
    {
        Decoding decoding = new() { Steps = 2 };
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new() { Decodings = [Decoding.StructureImage, decoding], Limit = 3, Seed = 9 });
        ReconstructedBatch batch = Reconstructor.Run(_model, Tiny.Images(), [Decoding.StructureImage, decoding], [], limit: 3, seed: 9).Single();
        Assert.Equal(["ornament 0", "ornament 1", "ornament 2"], result.Names);
        Assert.Equal(batch.Originals.Zip(batch.Pictures[1], PeakSignalToNoise.Of).Average(), result.Decodings[1].Find("psnr")!.Value, 1e-9);
        Assert.Equal(batch.Originals.Zip(batch.Pictures[0], StructuralSimilarity.Of).Average(), result.Decodings[0].Find("ssim")!.Value, 1e-9);
        Assert.Equal(StructuralSimilarity.Of(batch.Originals[2], batch.Pictures[0][2]),
            result.Decodings[0].OfImage(2).Single(figure => figure.Metric.Key == "ssim").Value);
    }

    [Fact]
    public void Figures_of_bands_are_those_of_the_mean_energies()
    {
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new() { Decodings = [Decoding.StructureImage], Limit = 3 });
        ReconstructedBatch batch = Reconstructor.Run(_model, Tiny.Images(), [Decoding.StructureImage], [], limit: 3).Single();
        IReadOnlyList<BandScore> bands = BandFidelity.Mean(batch.Originals.Zip(batch.Pictures[0], BandFidelity.Of));
        foreach (BandScore band in bands)
        {
            Assert.Equal(band.EnergyRatio, result.Decodings[0].Find($"{band.Name}Energy")!.Value, 1e-12);
            Assert.Equal(band.RelativeError, result.Decodings[0].Find($"{band.Name}Error")!.Value, 1e-12);
        }
        double distance = PowerSpectrumRatio.LogSpectralDistance(PowerSpectrumRatio.Mean(batch.Originals.Zip(batch.Pictures[0], PowerSpectrumRatio.Of)));
        Assert.Equal(distance, result.Decodings[0].Find("logSpectralDistance")!.Value, 1e-12);
    }

    [Fact]
    public void Every_mean_lies_in_its_interval_and_every_metric_is_defined()
    {
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new() { Decodings = [Decoding.StructureImage], Limit = 8 });
        Assert.All(result.Decodings[0].Figures, figure => Assert.True(figure.Interval!.Contains(figure.Value)));
        Assert.All(result.Metrics, metric => Assert.Contains(metric.Definition, result.Definitions));
        Assert.Equal(result.Metrics.Count, result.Metrics.Select(metric => metric.Key).Distinct().Count());
        Assert.Empty(result.LeftOut);
    }

    [Fact]
    public void A_measure_that_needs_larger_images_is_left_out_with_the_reason()
    {
        PairMeasure demanding = new(new Metric { Key = "x", Name = "X", Definition = "X: one", Better = Better.Lower }, 17, (_, _) => 1);
        EvaluationOptions options = new() { Decodings = [Decoding.StructureImage], Limit = 2 };
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), options with { Measures = new() { Images = [.. ImageMeasures.All, demanding] } });
        Assert.Equal(new LeftOut("X", "It needs images of at least 17×17 pixels; these have 16×16."), Assert.Single(result.LeftOut));
        Assert.Throws<UnderpaintException>(() => Evaluator.Run(_model, Tiny.Images(), options with { Measures = new() { Images = [demanding] } }));
    }

    [Fact]
    public void Features_of_the_originals_are_gathered_once_for_all_ways_of_decoding()
    {
        var network = new BrightnessNetwork();
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new()
        {
            Decodings = [Decoding.StructureImage, new() { Steps = 2 }],
            Limit = 5,
            Measures = new() { Images = [ImageMeasures.All[0]], Features = [network] },
        });
        Assert.Equal(3 * 5, network.Images);
        Assert.All(result.Decodings, decoding => Assert.True(decoding.Find("brightness") is { Value: > 0, Interval: null }));
        Assert.NotEqual(result.Decodings[0].Find("brightness")!.Value, result.Decodings[1].Find("brightness")!.Value);
    }

    [Fact]
    public void Codes_are_judged_on_the_same_images_and_one_who_cannot_says_why()
    {
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new()
        {
            Decodings = [Decoding.StructureImage],
            Limit = 4,
            Measures = new() { Codes = [new EvenImages(), new NoLabels()] },
        });
        Assert.Equal(0.5, Assert.Single(result.Codes).Figures.Single().Value);
        Assert.Equal(new LeftOut("labels", "There are none. Give some."), Assert.Single(result.LeftOut));
    }

    [Fact]
    public void Codes_of_more_images_can_be_judged_than_are_decoded()
    {
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), new()
        {
            Decodings = [Decoding.StructureImage],
            Limit = 1,
            CodeLimit = 5,
            Measures = new() { Codes = [new EvenImages()] },
        });
        Assert.Equal((1, 5), (result.Names.Count, Assert.Single(result.Codes).Vectors.Count));
    }

    [Fact]
    public void An_image_s_noise_depends_on_its_place_and_not_on_its_batch()
    {
        PixelImage picture = Pictures(Decoding.StructureImage, count: 34)[33];
        using ImageBatch original = ImageBatch.From(PixelBatch.Load(Tiny.Images(), [33], _model.Recipe.Data));
        using CodeBatch code = _model.Encode(original);
        using StochasticCodeBatch noise = _model.DrawStochasticCodes(1, seed: 0, first: 33);
        using ImageBatch alone = _model.Decode(code, steps: 1, start: noise);
        Assert.True(PeakSignalToNoise.Of(alone.ToPixels()[0], picture) > 50);
    }

    [Fact]
    public void An_image_that_cannot_be_read_leaves_those_after_it_their_noise()
    {
        PixelImage[] all = Reconstruct(new MemorySource(5)), some = Reconstruct(new MemorySource(5, unreadable: [1]));
        Assert.Equal(4, some.Length);
        foreach (var (one, other) in new[] { all[0], all[2], all[3], all[4] }.Zip(some))
            Assert.True(PeakSignalToNoise.Of(one, other) > 50);

        PixelImage[] Reconstruct(MemorySource source) => [.. Reconstructor.Run(_model, source, [new() { Steps = 2 }], []).Single().Pictures[0]];
    }

    [Fact]
    public void Inverted_stochastic_codes_do_not_depend_on_the_seed()
    {
        Decoding random = new() { Steps = 2 }, inverted = random with { Kind = ReconstructionKind.InvertedStochasticCode };
        Assert.Equal(Pictures(inverted, count: 1, seed: 1)[0].Pixels, Pictures(inverted, count: 1, seed: 2)[0].Pixels);
        Assert.NotEqual(Pictures(random, count: 1, seed: 1)[0].Pixels, Pictures(random, count: 1, seed: 2)[0].Pixels);
    }

    [Fact]
    public void Solver_and_grid_matter_from_as_many_steps_as_they_need()
    {
        Assert.Equal(Pixels(1, Solver.Ddim, TimeGrid.Uniform), Pixels(1, Solver.DpmSolver, TimeGrid.LogSnr));
        Assert.NotEqual(Pixels(5, Solver.Ddim, TimeGrid.Uniform), Pixels(5, Solver.DpmSolver, TimeGrid.Uniform));
        Assert.NotEqual(Pixels(5, Solver.Ddim, TimeGrid.Uniform), Pixels(5, Solver.Ddim, TimeGrid.LogSnr));

        byte[] Pixels(int steps, Solver solver, TimeGrid grid) =>
            Pictures(new() { Steps = steps, Solver = solver, Grid = grid }, count: 1)[0].Pixels;
    }

    [Fact]
    public void Asked_to_stop_it_stops()
    {
        using var source = Tiny.Images();
        var stopped = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Evaluator.Run(_model, source, new(), stop: stopped));
    }

    private PixelImage[] Pictures(Decoding decoding, int count, long seed = 0) =>
        [.. Reconstructor.Run(_model, Tiny.Images(), [decoding], [], count, seed).SelectMany(batch => batch.Pictures[0])];

    /// <summary>One feature, the mean value; counts the images it is shown.</summary>
    private sealed class BrightnessNetwork : IFeatureNetwork
    {
        public int Images { get; private set; }

        public Metric Metric { get; } = new() { Key = "brightness", Name = "Brightness", Definition = "B: distance of the mean values", Better = Better.Lower };

        public int Length => 1;

        public float[] FeaturesOf(IReadOnlyList<PixelImage> images)
        {
            Images += images.Count;
            return [.. images.Select(image => (float)image.Pixels.Average(value => value))];
        }
    }

    private sealed class EvenImages : ICodeMeasure
    {
        public string Name => "even";

        public IReadOnlyList<Metric> Metrics { get; } = [new() { Key = "even", Name = "even", Definition = "E: share of even images", Better = Better.Higher }];

        public IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation) =>
            [.. Enumerable.Range(0, images.Count).Select(i => new[] { i % 2 == 0 ? 1.0 : 0 })];
    }

    private sealed class NoLabels : ICodeMeasure
    {
        public string Name => "labels";

        public IReadOnlyList<Metric> Metrics { get; } = [new() { Key = "labels", Name = "labels", Definition = "L: none", Better = Better.Higher }];

        public IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation) =>
            throw new UnderpaintException("There are none.", "Give some.");
    }
}
