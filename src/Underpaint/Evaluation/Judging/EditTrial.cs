using Underpaint.Codes.Directions;
using Underpaint.Codes.Editing;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Judging;

/// <summary>
/// Tries directions on images: each image is moved along each direction by itself, to the side of the attribute where it is not yet, and a judge, which
/// knows nothing of the model, tells what became of it. It compares with the same image taken apart and put together unmoved.
/// </summary>
public static class EditTrial
{
    private const int BatchSize = 16;

    /// <summary>Tries directions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="directions">Directions of this model's codes.</param>
    /// <param name="judge">The judge; stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="skipped">Images that cannot be read are added to it.</param>
    /// <param name="onImage">Called after each image.</param>
    /// <param name="stop">Stops between decodings.</param>
    /// <returns>What each direction did.</returns>
    /// <exception cref="UnderpaintException">
    /// The directions are another model's, there are no curves to follow, the judge can tell none of them or not one that was asked for, or not one image can be read.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IReadOnlyList<JudgedEdit> Run(DiffusionAutoencoder model, IImageSource source, DirectionSet directions, Judge judge, EditTrialOptions options,
        ICollection<SkippedImage> skipped, Action? onImage = null, CancellationToken stop = default)
    {
        directions.Check(model.Identity, "The directions file");
        _ = directions.Choose(options.Along);
        AttributeReading[] attributes = [.. Attributes(directions, judge.Description, options)];
        var before = new List<double[]>();
        List<double[]>[] after = [.. attributes.Select(_ => new List<double[]>())];
        foreach (int[] indices in Enumerable.Range(0, source.Count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
                continue;
            using var images = new EditableImages(model, batch, options.InversionSteps, options.Decoding.Seed);
            double[][] unmoved = judge.Answer(images.Decode((_, code) => code.ToArray(), options.Decoding));
            before.AddRange(unmoved);
            for (int a = 0; a < attributes.Length; a++)
            {
                stop.ThrowIfCancellationRequested();
                after[a].AddRange(judge.Answer(Move(images, unmoved, directions, attributes[a], options)));
            }
            for (int i = 0; i < batch.Count; i++)
                onImage?.Invoke();
        }
        if (before.Count == 0)
            throw new UnderpaintException(
                $"Not one image of {source.Description} can be read; the first: {skipped.First().Reason}", "Check the data with `underpaint inspect`.");
        return [.. attributes.Zip(after, (attribute, moved) => Compare(attribute, StrengthOf(directions, attribute, options), judge.Description, before, moved))];
    }

    /// <summary>Whether an image changed as asked: in the direction asked for, by more than the judge's mean error.</summary>
    internal static bool HasChanged(AttributeReading attribute, JudgeDescription judge, double[] before, double[] after)
    {
        int q = attribute.Question;
        return (attribute.ValueOf(after[q]) - attribute.ValueOf(before[q])) * SideOf(attribute, before) > 0
            && judge.Questions[q].Distance(after[q], before[q]) > judge.Scores[q].MeanError;
    }

    /// <summary>Whether an answer stayed, as far as the judge can tell: nineteen of twenty of its errors are as small.</summary>
    internal static bool HasStayed(int question, JudgeDescription judge, double[] before, double[] after) =>
        judge.Questions[question].Distance(after[question], before[question])
            <= (judge.Questions[question].Kind == QuestionKind.Class ? 0 : judge.Scores[question].Error95);

    private static IEnumerable<AttributeReading> Attributes(DirectionSet directions, JudgeDescription judge, EditTrialOptions options)
    {
        var known = AttributeReading.AllOf(judge).DistinctBy(attribute => attribute.Name).ToDictionary(attribute => attribute.Name);
        if (options.Directions is null)
        {
            AttributeReading[] told = [.. directions.Directions.Where(direction => known.ContainsKey(direction.Name)).Select(direction => known[direction.Name])];
            return told.Length > 0 ? told : throw Untold("any of these directions", known);
        }
        return options.Directions.Select(name => known.TryGetValue(directions.Find(name).Name, out AttributeReading? attribute)
            ? attribute
            : throw Untold($"\"{name}\"", known));
    }

    private static UnderpaintException Untold(string what, Dictionary<string, AttributeReading> known) => new(
        $"The judge cannot tell {what}; it tells {string.Join(", ", known.Keys.Take(12))}{(known.Count > 12 ? " …" : "")}.",
        "Train a judge on images with these classes or factors (`underpaint judge`), and name directions as it does.");

    private static IReadOnlyList<PixelImage> Move(
        EditableImages images, double[][] unmoved, DirectionSet directions, AttributeReading attribute, EditTrialOptions options) =>
        images.Decode((image, code) => directions.Move(
            code.Span, [new(attribute.Name, StrengthOf(directions, attribute, options))], SideOf(attribute, unmoved[image]), options.Along), options.Decoding);

    private static double StrengthOf(DirectionSet directions, AttributeReading attribute, EditTrialOptions options) =>
        options.Strength ?? directions.Find(attribute.Name).SuggestedStrength;

    private static int SideOf(AttributeReading attribute, double[] answers) => attribute.ValueOf(answers[attribute.Question]) > 0 ? -1 : 1;

    private static JudgedEdit Compare(AttributeReading attribute, double strength, JudgeDescription judge, List<double[]> before, List<double[]> after)
    {
        IEnumerable<int> others = Enumerable.Range(0, judge.Questions.Count).Where(question => question != attribute.Question);
        return new(attribute.Name, strength, judge.Questions[attribute.Question].Name,
            BootstrapInterval.OfMean([.. before.Zip(after, (was, became) => HasChanged(attribute, judge, was, became) ? 1.0 : 0)]),
            [.. others.Select(question => new KeptAnswer(judge.Questions[question].Name,
                before.Zip(after, (was, became) => HasStayed(question, judge, was, became) ? 1.0 : 0).Average()))]);
    }
}
