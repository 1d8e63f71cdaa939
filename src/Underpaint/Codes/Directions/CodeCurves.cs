using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions;

/// <summary>
/// The paths that codes follow when attributes of their images change. A direction is the same for all images; but what moving a shape changes in a code depends on the shape and on both
/// colours. A curve starts where the image is: its attributes are read from its code, one of them is changed, and the code moves by as much as the average codes
/// of images with the one and with the other attributes differ. What attributes do not say of a code stays.
/// </summary>
public sealed class CodeCurves
{
    internal CodeCurves(AttributeSpace space, KernelScore reader, KernelScore writer, double explained) =>
        (Space, Reader, Writer, Explained) = (space, reader, writer, explained);

    /// <summary>Images that they were learnt from.</summary>
    public int Examples => Reader.Count;

    /// <summary>The share of what the codes of held-out images differ by that their attributes explain.</summary>
    public double Explained { get; }

    /// <summary>For each direction, how well its attribute is told from held-out codes: the share of what it differs by (R²), 0 where it is not. What is not told is not changed.</summary>
    public IReadOnlyList<double> Told => [.. Space.Axes.Select(axis => axis.Relevance)];

    /// <summary>Whether a direction, by its place, has a curve: not where the examples are all alike in its attribute.</summary>
    internal bool Has(int direction) => Space.Axes[direction].Varies;

    internal AttributeSpace Space { get; }

    /// <summary>Attributes, standardised, from standardised codes.</summary>
    internal KernelScore Reader { get; }

    /// <summary>Standardised codes from attributes, weighed.</summary>
    internal KernelScore Writer { get; }

    /// <summary>By how much one standardised code changes.</summary>
    /// <param name="code">The code.</param>
    /// <param name="moves">Attributes by their places, and how far each is moved, in its units; one after the other.</param>
    internal double[] Change(ReadOnlySpan<double> code, IEnumerable<(int Attribute, double Strength)> moves)
    {
        double[] from = Space.Restore(Reader.Of(code));
        double[] to = moves.Aggregate(from, (point, move) => Space.Move(point, move.Attribute, move.Strength));
        return [.. Writer.Of(Space.Weigh(to)).Zip(Writer.Of(Space.Weigh(from)), (after, before) => after - before)];
    }
}
