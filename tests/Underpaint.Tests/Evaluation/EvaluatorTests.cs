using Underpaint.Data;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Machine;
using Underpaint.Networks;

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
        List<SkippedImage> skipped = [];
        var options = new EvaluationOptions { Steps = 2, Limit = 3, Seed = 9 };
        Reconstruction[] pictures = [.. Reconstructor.Run(_model, Tiny.Images(), options, skipped)];
        EvaluationResult result = Evaluator.Run(_model, Tiny.Images(), options);
        Assert.Equal(3, pictures.Length);
        Assert.Equal(pictures.Average(picture => PeakSignalToNoise.Of(picture.Original, picture.Image)), result.Psnr, 1e-9);
        Assert.Equal(pictures.Average(picture => StructuralSimilarity.Of(picture.Original, picture.StructureImage)),
            result.StructureSsim, 1e-9);
        Assert.Equal(["ornament 0", "ornament 1", "ornament 2"], result.Scores.Select(score => score.Name));
    }

    [Fact]
    public void An_image_s_noise_depends_on_its_place_and_not_on_its_batch()
    {
        Reconstruction[] all = Reconstruct(new() { Steps = 1 }, count: 34);
        using ImageBatch original = ImageBatch.From(PixelBatch.Load(Tiny.Images(), [33], _model.Recipe.Data));
        using CodeBatch code = _model.Encode(original);
        using StochasticCodeBatch noise = _model.DrawStochasticCodes(1, seed: 0, first: 33);
        using ImageBatch alone = _model.Decode(code, steps: 1, start: noise);
        Assert.True(PeakSignalToNoise.Of(alone.ToPixels()[0], all[33].Image) > 50);
    }

    [Fact]
    public void Exact_reconstructions_do_not_depend_on_the_seed()
    {
        Assert.Equal(Pixels(new() { Steps = 2, Exact = true, Seed = 1 }), Pixels(new() { Steps = 2, Exact = true, Seed = 2 }));
        Assert.NotEqual(Pixels(new() { Steps = 2, Seed = 1 }), Pixels(new() { Steps = 2, Seed = 2 }));

        byte[] Pixels(EvaluationOptions options) => Reconstruct(options, count: 1)[0].Image.Pixels;
    }

    [Fact]
    public void Solver_and_grid_matter_from_as_many_steps_as_they_need()
    {
        Assert.Equal(Pixels(1, Solver.Ddim, TimeGrid.Uniform), Pixels(1, Solver.DpmSolver, TimeGrid.LogSnr));
        Assert.NotEqual(Pixels(5, Solver.Ddim, TimeGrid.Uniform), Pixels(5, Solver.DpmSolver, TimeGrid.Uniform));
        Assert.NotEqual(Pixels(5, Solver.Ddim, TimeGrid.Uniform), Pixels(5, Solver.Ddim, TimeGrid.LogSnr));

        byte[] Pixels(int steps, Solver solver, TimeGrid grid) =>
            Reconstruct(new() { Steps = steps, Solver = solver, Grid = grid }, count: 1)[0].Image.Pixels;
    }

    [Fact]
    public void Asked_to_stop_it_stops()
    {
        using var source = Tiny.Images();
        var stopped = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Evaluator.Run(_model, source, new(), stop: stopped));
    }

    private Reconstruction[] Reconstruct(EvaluationOptions options, int count) =>
        [.. Reconstructor.Run(_model, Tiny.Images(), options with { Limit = count }, [])];
}
