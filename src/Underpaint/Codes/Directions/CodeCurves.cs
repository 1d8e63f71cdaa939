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

    internal AttributeSpace Space { get; }

    /// <summary>Attributes, standardised, from standardised codes.</summary>
    internal KernelScore Reader { get; }

    /// <summary>Standardised codes from attributes, weighed.</summary>
    internal KernelScore Writer { get; }

    /// <summary>Moves one standardised code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="moves">Attributes by their places, and how far each is moved, in its units; one after the other.</param>
    internal double[] Move(ReadOnlySpan<double> code, IEnumerable<(int Attribute, double Strength)> moves)
    {
        double[] from = Space.Restore(Reader.Of(code));
        double[] to = moves.Aggregate(from, (point, move) => Space.Move(point, move.Attribute, move.Strength));
        double[] before = Writer.Of(Space.Weigh(from)), after = Writer.Of(Space.Weigh(to)), moved = code.ToArray();
        for (int i = 0; i < moved.Length; i++)
            moved[i] += after[i] - before[i];
        return moved;
    }
}
