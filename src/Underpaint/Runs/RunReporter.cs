using System.Text;
using Underpaint.Data.Images;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>Writes a run's <c>report.html</c> from what stands in its folder, its model, and its validation images.</summary>
internal sealed class RunReporter
{
    // More snapshots than these make the growth picture too wide to read.
    private const int Snapshots = 8;
    private const int StepImages = 6;

    private static readonly int[] AskedSteps = [2, 5, 20, 50];

    private readonly TrainingRun _run;
    private readonly DiffusionAutoencoder _model;
    private readonly ValidationPanel _panel;

    public RunReporter(TrainingRun run, DiffusionAutoencoder model, ValidationPanel panel) => (_run, _model, _panel) = (run, model, panel);

    // One, where the model decodes in one call whatever is asked for.
    private IEnumerable<int> StepCounts => AskedSteps.Select(_model.CallsIn).Distinct();

    /// <summary>Writes the report; the caller may go on training afterwards.</summary>
    public void Write(IFiles files)
    {
        byte[] page = Encoding.UTF8.GetBytes(RunReport.Render(Gather()));
        AtomicFile.Write(_run.Folder.ReportFile, stream => stream.Write(page), files);
    }

    private RunReportData Gather()
    {
        RunMetrics metrics = RunMetrics.Read(_run.Folder);
        return new()
        {
            Title = _run.Folder.Name,
            RecipeJson = RecipeWriter.Write(_run.Recipe),
            Environment = DescribeEnvironment(),
            Phases = [.. _run.Plan.Spans.Where(span => span.Start < _run.ImagesSeen)],
            Ticks = metrics.Ticks,
            Validations = metrics.Validations,
            Growth = Growth(),
            StepRows = StepRows(),
            Metrics = Metrics(),
            Skipped = _run.Skipped,
        };
    }

    private List<KeyValuePair<string, string>> DescribeEnvironment()
    {
        RunEnvironment here = _run.Environment;
        return
        [
            new("Data", $"{here.Data}: {here.TrainingImages} images to learn from"),
            new("Validation", $"{here.Validation ?? "held out"}: {here.ValidationImages} images"),
            new("Device", $"{here.Device}, {here.Threads} threads"),
            new("System", here.System),
            new("Versions", $"Underpaint {here.Underpaint}, libtorch {here.Torch}, {here.DotNet}"),
        ];
    }

    private RunReportData.GrowthPictures? Growth()
    {
        IReadOnlyList<long> all = RunPictures.PositionsIn(_run.Folder, _run.ImagesSeen);
        // Evenly spread, with the first and the last; a long run has looked so often that only these may be read.
        IEnumerable<long> shown = all.Count <= Snapshots ? all : Enumerable.Range(0, Snapshots).Select(i => all[i * (all.Count - 1) / (Snapshots - 1)]);
        RunLook[] looks = [.. shown.Select(position => RunPictures.Read(_run.Folder, position)).OfType<RunLook>()];
        return looks.Length == 0 ? null : new(looks[^1].Originals,
            [.. looks.Select(look => new RunReportData.Snapshot(look.ImagesSeen, look.Pictures.Structure, look.Pictures.Reconstructions))]);
    }

    private List<RunReportData.StepRow> StepRows()
    {
        using ImageBatch images = _panel.First(StepImages);
        using CodeBatch codes = _model.Encode(images);
        IReadOnlyList<PixelImage> structure = Decode(codes, 1);
        var bySteps = StepCounts.Select(steps => (Steps: steps, Images: Decode(codes, steps))).ToList();
        return [.. structure.Select((image, i) => new RunReportData.StepRow("", _panel.Originals[i], image, Psnr(i, image),
            [.. bySteps.Select(decoded => new RunReportData.StepPicture(decoded.Steps, decoded.Images[i], Psnr(i, decoded.Images[i])))]))];
    }

    private List<RunReportData.MetricRow> Metrics()
    {
        using ImageBatch images = _panel.First(_panel.Originals.Count);
        using CodeBatch codes = _model.Encode(images);
        List<RunReportData.MetricRow> rows = [Row(ReconstructionKind.StructureImage, 1, Decode(codes, 1))];
        rows.AddRange(StepCounts.Select(steps => Row(ReconstructionKind.RandomStochasticCode, steps, Decode(codes, steps))));
        if (_model.CanInvert)
        {
            using StochasticCodeBatch start = _model.Invert(images, codes, _run.Recipe.Validation.Steps);
            using ImageBatch exact = _model.Decode(codes, _run.Recipe.Validation.Steps, start: start);
            rows.Add(Row(ReconstructionKind.InvertedStochasticCode, _run.Recipe.Validation.Steps, exact.ToPixels()));
        }
        return rows;
    }

    private IReadOnlyList<PixelImage> Decode(CodeBatch codes, int steps)
    {
        using ImageBatch decoded = _model.Decode(codes, steps, _run.Recipe.Seed);
        return decoded.ToPixels();
    }

    private double Psnr(int i, PixelImage image) => PeakSignalToNoise.Of(_panel.Originals[i], image);

    private RunReportData.MetricRow Row(ReconstructionKind kind, int steps, IReadOnlyList<PixelImage> images) => new(kind, steps, images.Count,
        PeakSignalToNoise.Mean(_panel.Originals.Zip(images, PeakSignalToNoise.Of)),
        _panel.Originals.Zip(images, StructuralSimilarity.Of).Average())
    {
        More = [.. new Measures().For(_model.ImageSize).SelectMany(measure => Leading(measure, images))],
    };

    // Beside PSNR and SSIM, what leads a comparison, too.
    private IEnumerable<(Metric Metric, double Value)> Leading(IImageMeasure measure, IReadOnlyList<PixelImage> images)
    {
        Metric[] metrics = [.. measure.MetricsFor(_model.ImageSize, _model.ImageSize)
            .Where(metric => metric.Aspect.Length > 0 && metric.Key is not ("psnr" or "ssim"))];
        if (metrics.Length == 0)
            return [];
        IReadOnlyList<double[]> vectors = measure.Measure(_panel.Originals, images);
        double[] means = [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
        return metrics.Select(metric => (metric, metric.FromMeans(means)));
    }
}
