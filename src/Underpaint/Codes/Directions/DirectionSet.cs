using System.Globalization;

namespace Underpaint.Codes.Directions;

/// <summary>Directions for the codes of one model.</summary>
public sealed record DirectionSet
{
    private const int NamedInErrors = 12;

    // Of what images differ by. A curve changes codes by as much of an attribute as they tell, and so shows nothing below it.
    private const double LeastTold = 0.05;

    /// <summary>The identity of the model whose codes they are for.</summary>
    public required string Model { get; init; }

    /// <summary>Mean and deviation that codes are standardised by.</summary>
    public required CodeStatistics Statistics { get; init; }

    /// <summary>The directions; no two have the same name.</summary>
    public required IReadOnlyList<Direction> Directions { get; init; }

    /// <summary>The paths that codes follow; null where they were not learnt, as for imported directions.</summary>
    public CodeCurves? Curves { get; init; }

    /// <summary>Reads a directions file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">It is no directions file, or damaged.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static DirectionSet Load(string path) => DirectionFile.Read(path);

    /// <summary>Writes a directions file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="UnderpaintException">It cannot be written.</exception>
    public void Save(string path) => DirectionFile.Write(path, this);

    /// <summary>Refuses a place where something else lies than directions, which saving would replace.</summary>
    /// <param name="path">The file that is to be written; it may be missing.</param>
    /// <exception cref="UnderpaintException">It is there already, and no directions file.</exception>
    public static void CheckDestination(string path) => DirectionFile.CheckDestination(path);

    /// <summary>Refuses directions of another model's codes.</summary>
    /// <param name="model">The identity of the model at hand.</param>
    /// <param name="file">Where the directions come from, for the message.</param>
    /// <exception cref="FileFormatException">They are.</exception>
    public void Check(string model, string file) => ModelIdentity.Check(model, Model, file);

    /// <summary>Whether other directions are the same, and neither have curves.</summary>
    internal bool Matches(DirectionSet other) => Curves is null && other.Curves is null && Model == other.Model && Statistics.Matches(other.Statistics)
        && Directions.Count == other.Directions.Count && Directions.Zip(other.Directions).All(pair => pair.First.Matches(pair.Second));

    /// <summary>What is followed.</summary>
    /// <param name="asked">What was asked for; null for the curves, or where there are none the effects.</param>
    /// <exception cref="UnderpaintException">Curves were asked for, and there are none.</exception>
    public DirectionKind Choose(DirectionKind? asked) => asked == DirectionKind.Curve && Curves is null
        ? throw new UnderpaintException("These directions have no curves.", "Follow their effects, or fit directions of this model with `underpaint attributes`.")
        : asked ?? (Curves is null ? DirectionKind.Effect : DirectionKind.Curve);

    /// <summary>Why a move along an attribute may show nothing, or something else than its curve; null where there is no reason.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="kind">What is followed. Default null: the curves, or where there are none the effects.</param>
    /// <exception cref="UnderpaintException">The direction is unknown, or there are no curves.</exception>
    public string? WarningOf(string name, DirectionKind? kind = null)
    {
        int place = PlaceOf(name);
        if (Choose(kind) != DirectionKind.Curve)
            return null;
        if (!Curves!.Has(place))
            return $"the {Curves.Examples} images that curves were learnt from are all alike in it, so its effect is followed";
        double told = Curves.Told[place];
        return told < LeastTold
            ? string.Create(CultureInfo.InvariantCulture, $"codes tell next to nothing of it (R² {told:0.00}), so its curve hardly changes pictures; follow its effect instead (--along effect)")
            : null;
    }

    /// <summary>The direction of an attribute.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <exception cref="UnderpaintException">There is none; the message names those that there are.</exception>
    public Direction Find(string name) => Directions[PlaceOf(name)];

    /// <summary>Moves codes along several attributes at once. A strength of 0 changes no bit; an attribute that has no curve follows its effect.</summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="multiple">What all strengths are multiplied with. Default 1.</param>
    /// <param name="kind">What is followed. Default null: the curves, or where there are none the effects.</param>
    /// <returns>The moved codes.</returns>
    /// <exception cref="UnderpaintException">A direction is unknown, there are no curves, or these are no whole codes.</exception>
    public float[] Move(ReadOnlySpan<float> codes, IEnumerable<CodeMove> moves, double multiple = 1, DirectionKind? kind = null)
    {
        Statistics.CheckWhole(codes.Length);
        DirectionKind chosen = Choose(kind);
        var byKind = moves.Select(move => (Place: PlaceOf(move.Name), Strength: move.Strength * multiple)).ToLookup(move => Followed(move.Place, chosen));
        float[] moved = FollowCurves(codes, [.. byKind[DirectionKind.Curve].Where(move => move.Strength != 0)]);
        foreach (var (place, strength) in byKind[DirectionKind.Effect])
            moved = CodeMove.Apply(moved, Statistics, Directions[place].Effect, strength * Directions[place].EffectUnit);
        foreach (var (place, strength) in byKind[DirectionKind.Probe])
            moved = CodeMove.Apply(moved, Statistics, Directions[place].Probe, strength * Directions[place].ProbeUnit);
        return moved;
    }

    private DirectionKind Followed(int place, DirectionKind chosen) =>
        chosen == DirectionKind.Curve && !Curves!.Has(place) ? DirectionKind.Effect : chosen;

    private float[] FollowCurves(ReadOnlySpan<float> codes, (int Place, double Strength)[] moves)
    {
        var change = new double[codes.Length];
        if (moves.Length > 0)
        {
            double[] standardized = Statistics.Standardize(codes);
            for (int start = 0; start < change.Length; start += Statistics.CodeSize)
                Curves!.Change(standardized.AsSpan(start, Statistics.CodeSize), moves).CopyTo(change, start);
        }
        return Statistics.Change(codes, change);
    }

    private int PlaceOf(string name)
    {
        for (int i = 0; i < Directions.Count; i++)
        {
            if (Directions[i].Name == name)
                return i;
        }
        throw new UnderpaintException($"There is no direction \"{name}\".",
            $"These are known: {string.Join(", ", Directions.Take(NamedInErrors).Select(direction => direction.Name))}"
            + (Directions.Count > NamedInErrors ? $" and {Directions.Count - NamedInErrors} more." : "."));
    }
}
