using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;

namespace Underpaint.Runs;

/// <summary>Compares runs at the same images and the same noise. Interrupted at any point, it goes on from the pieces that are finished.</summary>
public static class RunComparison
{
    /// <summary>Compares runs.</summary>
    /// <param name="paths">Run folders or model files; the others are compared with the first.</param>
    /// <param name="options">How.</param>
    /// <param name="onNote">Told what goes wrong without ending the comparison. Default nobody.</param>
    /// <param name="onImages">Told how many images were decoded so far, or taken from a finished piece, and how many there are in all. Default nobody.</param>
    /// <param name="stop">Stops between batches; what is finished is kept.</param>
    /// <returns>The comparison; a run that is missing or damaged is named in it and left out.</returns>
    /// <exception cref="UnderpaintException">
    /// Not one run can be used; there are no images; or the runs differ in their data, in the size of their images or in the versions of
    /// their metrics, and this was not allowed.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Comparison Run(IReadOnlyList<string> paths, ComparisonOptions options,
        Action<string>? onNote = null, Action<long, long>? onImages = null, CancellationToken stop = default)
    {
        List<LeftOut> missing = [];
        List<RunCandidate> candidates = [.. RunCandidate.Find(paths, missing)];
        List<string> notes = [.. RunDifferences.Of(candidates, options)];
        using JudgedImages images = JudgedImages.Open(candidates[0].Path, options.Data);
        notes.AddRange(WarningsOf(images, candidates));

        EvaluationOptions evaluation = options.Evaluation;
        long done = 0, all = (long)candidates.Count * evaluation.Decodings.Count * Math.Min(evaluation.Limit ?? images.Source.Count, images.Source.Count);
        List<ComparedRun> runs = [];
        foreach (RunCandidate candidate in candidates)
        {
            if (Judge(candidate, images.Source, options, missing, onNote ?? (_ => { }), count => onImages?.Invoke(done += count, all), stop) is { } run)
                runs.Add(run);
        }
        if (runs.Count == 0)
            throw NoneLeft(missing);
        notes.AddRange(runs.Skip(1).Where(run => !run.HasImagesOf(runs[0])).Select(run =>
            $"{run.Name} can read other images than {runs[0].Name}, so there are no differences between the two."));
        var comparison = new Comparison
        {
            Runs = runs,
            Missing = missing,
            Data = images.Source.Description,
            Seed = options.Evaluation.Seed,
            Notes = notes,
        };
        if (!options.AllowDifferences)
            comparison.RequireSameVersions();
        return comparison;
    }

    internal static UnderpaintException NoneLeft(IReadOnlyList<LeftOut> missing) => new(
        $"Not one of the runs can be compared. {string.Join(' ', missing.Select(run => $"{run.Name}: {run.Reason}"))}",
        "Give runs that have a model file.");

    private static IEnumerable<string> WarningsOf(JudgedImages images, IReadOnlyList<RunCandidate> runs) => images.AreHeldOut
        ? new[] { images.Warning }.OfType<string>()
        : runs.Where(run => run.Trained is not null && JudgedImages.WarningOf(images.Source, run.Trained) is not null)
            .Select(run => $"{run.Name} was trained on these images, so they flatter it.");

    private static ComparedRun? Judge(RunCandidate candidate, IImageSource images, ComparisonOptions options, List<LeftOut> missing,
        Action<string> onNote, Action<int> onImages, CancellationToken stop)
    {
        try
        {
            using var judge = new RunJudge(candidate.Model, images, options, onNote, onImages, stop);
            return judge.Judge(candidate.Name);
        }
        catch (UnderpaintException reason)
        {
            missing.Add(new(candidate.Name, reason.Message));
            return null;
        }
    }
}
