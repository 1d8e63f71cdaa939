using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

public sealed class RunComparisonTests : IClassFixture<RunComparisonTests.TrainedRun>, IDisposable
{
    private static readonly ComparisonOptions Options = new()
    {
        Data = "ornaments:5,16,9",
        Evaluation = new() { Decodings = Decoding.All([1, 2], [Solver.Ddim], TimeGrid.Uniform) },
        Shown = 2,
        Device = "cpu",
        Precision = "float32",
    };

    private readonly SmallRun _runs = new();
    private readonly TrainedRun _trained;
    private readonly RunFolder _first, _second;

    public RunComparisonTests(TrainedRun trained) =>
        (_trained, _first, _second) = (trained, trained.CopyTo(_runs.File("first")), trained.CopyTo(_runs.File("second")));

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Runs_are_judged_at_the_same_images()
    {
        Comparison comparison = Compare(Options);
        Assert.Equal(["first", "second"], comparison.Runs.Select(run => run.Name));
        Assert.Equal(5, comparison.Images);
        Assert.Equal(2, comparison.Shown.Count);
        Assert.All(comparison.Runs, run => Assert.All(run.Pictures, pictures => Assert.Equal(2, pictures.Count)));
        Assert.Empty(comparison.Notes);
        // The same recipe and seed make the same model.
        Assert.All(comparison.Metrics, metric => Assert.Equal(0, comparison.Between(comparison.Runs[1], comparison.Runs[0], comparison.Lead, metric.Key)!.Value));
    }

    [Fact]
    public void Figures_are_those_of_an_evaluation()
    {
        Comparison comparison = Compare(Options);
        using JudgedImages images = JudgedImages.Open(_first.Path, Options.Data);
        using DiffusionAutoencoder model = DiffusionAutoencoder.Load(_first.Path, "cpu", "float32");
        EvaluationResult result = Evaluator.Run(model, images.Source, Options.Evaluation);
        foreach (DecodingResult decoding in result.Decodings)
        {
            Assert.Equal(decoding.Figures.Select(figure => figure.Value),
                comparison.Runs[0].Find(decoding.Decoding)!.Figures.Select(figure => figure.Value));
        }
    }

    [Fact]
    public void Asked_for_again_nothing_is_measured_again()
    {
        Comparison before = Compare(Options);
        // Weights that cannot be loaded any more: only the header is read for what is finished.
        foreach (RunFolder run in (RunFolder[])[_first, _second])
            Spoil(run.ModelFile);
        Comparison again = Compare(Options);
        Assert.Empty(again.Missing);
        Assert.Equal(ComparisonJson.Of(before).ToJsonString(), ComparisonJson.Of(again).ToJsonString());
        Assert.Equal(before.Runs[1].Pictures[1][1].Pixels, again.Runs[1].Pictures[1][1].Pixels);
    }

    [Fact]
    public void Interrupted_it_keeps_what_is_finished()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => RunComparison.Run(Paths, Options, onImages: (done, _) =>
        {
            // In the second way of decoding of the first run.
            if (done > 5)
                stop.Cancel();
        }, stop: stop.Token));
        int pieces = Directory.GetFiles(Path.Combine(_first.Path, "evaluations")).Length;
        Assert.InRange(pieces, 1, 2);
        DateTime[] written = Written();
        (long Done, long All) last = default;
        RunComparison.Run(Paths, Options, onImages: (done, all) => last = (done, all));
        Assert.Equal(last.All, last.Done);
        Assert.Equal(written, Written()[..pieces]);

        DateTime[] Written() => [.. Directory.GetFiles(Path.Combine(_first.Path, "evaluations")).Select(File.GetLastWriteTimeUtc).Order()];
    }

    [Fact]
    public void A_damaged_piece_is_measured_again()
    {
        string before = ComparisonJson.Of(Compare(Options)).ToJsonString();
        foreach (string piece in Directory.GetFiles(Path.Combine(_first.Path, "evaluations")))
            File.WriteAllText(piece, File.ReadAllText(piece)[..40]);
        Assert.Equal(before, ComparisonJson.Of(Compare(Options)).ToJsonString());
    }

    [Fact]
    public void Missing_and_damaged_runs_are_named_and_the_rest_is_compared()
    {
        Spoil(_second.ModelFile);
        Comparison comparison = RunComparison.Run([_first.Path, _second.Path, _runs.File("nowhere")], Options);
        Assert.Equal(["first"], comparison.Runs.Select(run => run.Name));
        Assert.Equal(["nowhere", "second"], comparison.Missing.Select(run => run.Name).Order());
        var error = Assert.Throws<UnderpaintException>(() => RunComparison.Run([_runs.File("nowhere")], Options));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_on_other_data_are_refused_unless_asked_for()
    {
        RunFolder other = Trained("other", "ornaments:12,16,4");
        var error = Assert.Throws<UnderpaintException>(() => RunComparison.Run([_first.Path, other.Path], Options));
        Assert.Contains("other was trained on other images than first", error.Message, StringComparison.Ordinal);
        Comparison comparison = RunComparison.Run([_first.Path, other.Path], Options with { AllowDifferences = true });
        Assert.Contains("other was trained on other images than first.", comparison.Notes);
    }

    [Fact]
    public void Runs_of_another_image_size_are_refused_unless_asked_for()
    {
        RunFolder larger = _runs.Start("larger", recipe: SmallRun.Recipe with { Data = new() { Size = 24 } });
        SmallRun.Train(larger);
        Assert.Throws<UnderpaintException>(() => RunComparison.Run([_first.Path, larger.Path], Options));
        Comparison comparison = RunComparison.Run([_first.Path, larger.Path], Options with { AllowDifferences = true });
        Assert.Contains("larger works on 24×24 pixels, first on 16×16 pixels.", comparison.Notes);
    }

    [Fact]
    public void On_held_out_images_runs_of_another_seed_are_refused_because_they_held_out_others()
    {
        RunFolder other = _runs.Start("other", recipe: SmallRun.Recipe with { Seed = 6 });
        SmallRun.Train(other);
        var error = Assert.Throws<UnderpaintException>(() => RunComparison.Run([_first.Path, other.Path], Options with { Data = null }));
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, RunComparison.Run([_first.Path, other.Path], Options).Runs.Count);
    }

    [Fact]
    public void On_training_images_it_says_so()
    {
        Comparison comparison = Compare(Options with { Data = SmallRun.Data });
        Assert.Contains("first was trained on these images, so they flatter it.", comparison.Notes);
    }

    [Fact]
    public void Runs_of_the_same_name_are_told_apart_by_their_folders()
    {
        RunFolder same = _trained.CopyTo(_runs.File("more", "first"));
        Comparison comparison = RunComparison.Run([_first.Path, same.ModelFile], Options);
        Assert.Equal("more/first", comparison.Runs[1].Name);
        Assert.EndsWith("/first", comparison.Runs[0].Name, StringComparison.Ordinal);
        Assert.NotEqual("more/first", comparison.Runs[0].Name);
    }

    private string[] Paths => [_first.Path, _second.Path];

    private Comparison Compare(ComparisonOptions options) => RunComparison.Run(Paths, options);

    private RunFolder Trained(string name, string data = SmallRun.Data)
    {
        RunFolder run = _runs.Start(name, data);
        using TrainingData images = TrainingData.Open(data, null, SmallRun.Recipe);
        SmallRun.Train(run, images);
        return run;
    }

    // A bit of the last weight is flipped, so that the file is still a model to look at, but not to load.
    private static void Spoil(string model)
    {
        byte[] bytes = File.ReadAllBytes(model);
        bytes[^1] ^= 1;
        File.WriteAllBytes(model, bytes);
    }

    /// <summary>A run that was trained once for all tests.</summary>
    public sealed class TrainedRun : IDisposable
    {
        private readonly SmallRun _runs = new();
        private readonly RunFolder _run;

        public TrainedRun()
        {
            _run = _runs.Start("run");
            SmallRun.Train(_run);
        }

        /// <summary>The same run in another folder, as far as a comparison looks at it.</summary>
        public RunFolder CopyTo(string folder)
        {
            Directory.CreateDirectory(folder);
            foreach (string file in (string[])[_run.RecipeFile, _run.EnvironmentFile, _run.ModelFile])
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            return RunFolder.Open(folder);
        }

        public void Dispose() => _runs.Dispose();
    }
}
