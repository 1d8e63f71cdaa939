namespace Underpaint.Training;

/// <summary>Where each phase of a recipe begins and ends, in images seen. Each phase is rounded up to whole batches.</summary>
public sealed class PhasePlan
{
    private readonly List<PhaseSpan> _spans = [];

    /// <summary>Lays the phases out one after the other.</summary>
    /// <param name="recipe">The recipe.</param>
    public PhasePlan(Recipe recipe)
    {
        long batch = recipe.Optimizer.Batch, start = 0;
        foreach (Phase phase in recipe.Phases)
        {
            long end = start + (phase.Images + batch - 1) / batch * batch;
            _spans.Add(new(phase, start, end));
            start = end;
        }
    }

    /// <summary>The phases in order, without gaps.</summary>
    public IReadOnlyList<PhaseSpan> Spans => _spans;

    /// <summary>Images seen at the end of the last phase.</summary>
    public long End => _spans[^1].End;

    /// <summary>The phase in which the image after <paramref name="imagesSeen"/> images is trained; the last one at the end.</summary>
    /// <param name="imagesSeen">0 … <see cref="End"/>.</param>
    public PhaseSpan At(long imagesSeen) => _spans.Find(span => imagesSeen < span.End) ?? _spans[^1];

    /// <summary>The phase that the last of <paramref name="imagesSeen"/> images was trained in: the one that a model can decode by.</summary>
    /// <param name="imagesSeen">0 … <see cref="End"/>.</param>
    public PhaseSpan Before(long imagesSeen) => At(Math.Max(0, imagesSeen - 1));
}
