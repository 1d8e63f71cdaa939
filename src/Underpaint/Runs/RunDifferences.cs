using Underpaint.Data.Images;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>What makes a comparison of runs unfair.</summary>
internal static class RunDifferences
{
    // What differs by less than this share in training is no reason to call a race unfair.
    private const double FairShare = 0.02;

    /// <summary>Looks for differences that have nothing to do with how well the runs learnt.</summary>
    /// <param name="runs">The runs; at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <returns>What was allowed, and what is merely worth knowing; as full sentences.</returns>
    /// <exception cref="UnderpaintException">There is a difference that was not allowed.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<RunCandidate> runs, ComparisonOptions options)
    {
        string[] unfair = [.. runs.Skip(1).SelectMany(run => Between(run, runs[0], options.Data is null))];
        if (unfair.Length > 0 && !options.AllowDifferences)
            throw new UnderpaintException($"These runs cannot be compared fairly. {string.Join(' ', unfair)}",
                "Compare others, or allow differences (--allow-differences).");
        return [.. unfair, .. Training(runs)];
    }

    private static IEnumerable<string> Between(RunCandidate run, RunCandidate first, bool onHeldOut)
    {
        DataOptions data = run.Model.Recipe.Data, firstData = first.Model.Recipe.Data;
        if ((data.Size, data.Color, data.Crop) != (firstData.Size, firstData.Color, firstData.Crop))
            yield return $"{run.Name} works on {Text(data)}, {first.Name} on {Text(firstData)}.";
        if (run.Trained?.DataFingerprint is { } fingerprint && first.Trained?.DataFingerprint is { } other && fingerprint != other)
            yield return $"{run.Name} was trained on other images than {first.Name}.";
        else if (onHeldOut && HeldOut(run) != HeldOut(first))
            yield return $"{run.Name} held other images out than {first.Name}, so it was trained on some that both would be judged by; "
                + "--data names images that neither saw.";
    }

    private static IEnumerable<string> Training(IReadOnlyList<RunCandidate> candidates)
    {
        RunCandidate[] runs = [.. candidates.Where(run => run.Model.KnowsImages)];
        if (runs.Length == 0)
            yield break;
        foreach (RunCandidate run in runs.Where(run => run.Model.ImagesSeen < new PhasePlan(run.Model.Recipe).End))
            yield return FormattableString.Invariant(
                $"{run.Name} is not finished: {run.Model.ImagesSeen:#,0} of {new PhasePlan(run.Model.Recipe).End:#,0} images seen.");
        long most = runs.Max(run => run.Model.ImagesSeen), fewest = runs.Min(run => run.Model.ImagesSeen);
        if (most - fewest > FairShare * most)
            yield return "The runs have not seen equally many images in training, which explains part of any difference: "
                + $"{string.Join(", ", runs.Select(run => FormattableString.Invariant($"{run.Name} {run.Model.ImagesSeen:#,0}")))}.";
    }

    // What the choice of the images that are held out depends on.
    private static string HeldOut(RunCandidate run) => run.Trained switch
    {
        null => run.Path,
        { Validation: null } held => $"{held.ValidationImages} of seed {run.Model.Recipe.Seed}",
        var given => given.ValidationFingerprint ?? given.Validation,
    };

    private static string Text(DataOptions data) => $"{data.Size}×{data.Size} pixels{(data.Color == ColorMode.Grey ? ", grey" : "")}"
        + (data.Crop == ImageCrop.Celeba ? ", cropped as CelebA's" : "");
}
