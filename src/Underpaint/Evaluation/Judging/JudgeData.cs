using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;

namespace Underpaint.Evaluation.Judging;

/// <summary>Images, the questions that can be asked about them, and the true answers.</summary>
internal sealed class JudgeData
{
    private const string Remedy =
        "Give images in class folders, a zip with dataset.json, IDX files with labels, or ornaments, whose factors are known.";

    private readonly Func<int, double[]> _truths;

    private JudgeData(IImageSource source, IReadOnlyList<JudgeQuestion> questions, Func<int, double[]> truths) =>
        (Source, Questions, _truths) = (source, questions, truths);

    /// <summary>The images.</summary>
    public IImageSource Source { get; }

    /// <summary>The questions.</summary>
    public IReadOnlyList<JudgeQuestion> Questions { get; }

    /// <summary>Takes the questions from a source: the factors of the built-in images, else the class.</summary>
    /// <param name="source">Stays the caller's. Images without a class are left out.</param>
    /// <exception cref="UnderpaintException">The images have fewer than two classes.</exception>
    public static JudgeData Of(IImageSource source) => source is Ornaments ornaments
        ? new(source, [.. OrnamentFactor.All.Select(JudgeQuestion.OfFactor)], ornaments.ValuesOf)
        : OfClasses(source);

    /// <summary>The true answers about an image, question by question.</summary>
    /// <param name="index">Its index in <see cref="Source"/>.</param>
    public double[] TruthsOf(int index) => _truths(index);

    /// <summary>Divides the images at random; the same seed gives the same parts.</summary>
    /// <param name="heldOut">How many are held out.</param>
    /// <param name="seed">The seed.</param>
    public (JudgeData Training, JudgeData HeldOut) Split(int heldOut, long seed)
    {
        int[] order = new RandomSource(seed, "judge holdout").NextOrder(Source.Count);
        return (Part([.. order[heldOut..].Order()]), Part([.. order[..heldOut].Order()]));
    }

    private static JudgeData OfClasses(IImageSource source)
    {
        int[] labelled = [.. Enumerable.Range(0, source.Count).Where(index => source.LabelOf(index) is not null)];
        int classes = labelled.Select(index => source.LabelOf(index)).Distinct().Count();
        if (classes < 2)
            throw new UnderpaintException(
                $"A judge learns to tell classes apart, and {source.Description} has {(classes == 0 ? "none" : "only one")}.", Remedy);
        var all = new JudgeData(source, [JudgeQuestion.OfClasses(source.LabelNames)], index => [source.LabelOf(index)!.Value]);
        return labelled.Length == source.Count ? all : all.Part(labelled);
    }

    private JudgeData Part(int[] indices) => new(new SubsetSource(Source, indices), Questions, index => _truths(indices[index]));
}
