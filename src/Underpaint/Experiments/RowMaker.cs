using Underpaint.Evaluation;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>Makes the rows of one trained run, as far as they are not there: judges its models.</summary>
internal sealed class RowMaker
{
    private readonly ExperimentRun _run;
    private readonly Recipe _recipe;
    private readonly RunFolder _files;
    private readonly ExperimentImages _images;
    private readonly ComputeDevice _device;
    private readonly RowStore _rows;
    private readonly Lazy<ExperimentMachine> _here, _there;

    /// <summary>Prepares.</summary>
    /// <param name="run">The run; it is trained to its end.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="rows">The rows that are done, and what models are judged by.</param>
    /// <param name="images">The run's images.</param>
    /// <param name="device">Where to compute.</param>
    public RowMaker(ExperimentRun run, Recipe recipe, RowStore rows, ExperimentImages images, ComputeDevice device)
    {
        (_run, _recipe, _rows, _images, _device) = (run, recipe, rows, images, device);
        _files = RunFolder.Open(rows.Folder.RunPath(run));
        _here = new(() => ExperimentMachine.Of(RunEnvironment.Of(images.Data, device)));
        _there = new(() => ExperimentMachine.Of(RunEnvironment.Read(_files)));
    }

    /// <summary>Makes the rows that are missing.</summary>
    /// <param name="requests">What is wanted of this run.</param>
    /// <param name="judged">Called with each row that was made.</param>
    /// <param name="stop">Stops between batches; rows that are done are kept.</param>
    /// <returns>What is missing and cannot be made.</returns>
    /// <exception cref="RunInUseException">Another process works on the run.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public IReadOnlyList<string> Make(IEnumerable<RowRequest> requests, Action<ExperimentRow> judged, CancellationToken stop)
    {
        // So that two processes do not measure the same.
        using RunLock writer = RunLock.Acquire(_files);
        var gaps = new List<string>();
        foreach (IGrouping<long, RowRequest> moment in _rows.Missing(requests, _recipe, _images).GroupBy(row => row.At))
        {
            string model = moment.First().ModelIn(_files, _recipe);
            if (File.Exists(model))
                Judge(model, moment, judged, stop);
            else
                gaps.Add($"no model was kept at {moment.Key} images");
        }
        return gaps;
    }

    private void Judge(string path, IEnumerable<RowRequest> requests, Action<ExperimentRow> judged, CancellationToken stop)
    {
        // If it cannot be read, that is to be known before hours of decoding.
        _ = _there.Value;
        using DiffusionAutoencoder model = ModelFile.Load(path, _device);
        Measures measures = _rows.Measures.Of(_images);
        foreach (IGrouping<ExperimentEvaluation, RowRequest> evaluation in requests.GroupBy(row => row.Evaluation))
        {
            var judge = new ModelJudge(model, _images.SourceOf(evaluation.Key.On), evaluation.Key, measures);
            foreach (RowRequest request in evaluation)
            {
                var (images, figures) = judge.Judge(request.Decoding, stop);
                KeepOthers(request, figures);
                ExperimentRow row = RowOf(request, ModelFile.Describe(path), images, figures);
                _rows.Write(request, row);
                judged(row);
            }
        }
    }

    // What this machine cannot measure, such as LPIPS for want of its weights, was measured of the same model all the same.
    private void KeepOthers(RowRequest request, OrderedDictionary<string, RowFigure> figures)
    {
        foreach (var (key, figure) in _rows.Find(request, _recipe, _images)?.Metrics ?? [])
            figures.TryAdd(key, figure);
    }

    private ExperimentRow RowOf(RowRequest request, ModelDescription model, int images, OrderedDictionary<string, RowFigure> figures) => new()
    {
        Arm = _run.Arm.Name,
        Seed = _run.Seed,
        Recipe = RowStore.HashOf(_recipe),
        TrainingFingerprint = _images.TrainingFingerprint,
        At = request.At,
        ImagesSeen = model.ImagesSeen,
        On = ExperimentFolder.NameOf(request.Evaluation.On),
        Data = _images.NameOf(request.Evaluation.On),
        DataFingerprint = _images.FingerprintOf(request.Evaluation.On),
        Limit = request.Evaluation.Images,
        Images = images,
        Steps = request.Decoding.Steps,
        Solver = DecodingWords.Of(request.Decoding.Solver),
        Grid = DecodingWords.Of(request.Decoding.Grid),
        Codes = DecodingWords.Of(request.Decoding.Kind),
        NoiseSeed = request.Evaluation.Seed,
        Metrics = figures,
        Parameters = model.Weights,
        ModelBytes = new FileInfo(model.Path).Length,
        TrainingImagesPerSecond = RunSpeed.Of(_files) ?? 0,
        TrainedOn = _there.Value,
        JudgedOn = _here.Value,
    };
}
