namespace Underpaint.Codes.Directions;

/// <summary>Directions for the codes of one model.</summary>
public sealed record DirectionSet
{
    private const int NamedInErrors = 12;

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

    /// <summary>What is followed.</summary>
    /// <param name="asked">What was asked for; null for the curves, or where there are none the effects.</param>
    /// <exception cref="UnderpaintException">Curves were asked for, and there are none.</exception>
    public DirectionKind Choose(DirectionKind? asked) => asked == DirectionKind.Curve && Curves is null
        ? throw new UnderpaintException("These directions have no curves.", "Follow their effects, or fit directions of this model with `underpaint attributes`.")
        : asked ?? (Curves is null ? DirectionKind.Effect : DirectionKind.Curve);

    /// <summary>The direction of an attribute.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <exception cref="UnderpaintException">There is none; the message names those that there are.</exception>
    public Direction Find(string name) => Directions[PlaceOf(name)];

    /// <summary>Moves codes along several attributes at once.</summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="multiple">What all strengths are multiplied with. Default 1.</param>
    /// <param name="kind">What is followed. Default null: the curves, or where there are none the effects.</param>
    /// <returns>The moved codes.</returns>
    /// <exception cref="UnderpaintException">A direction is unknown, or there are no curves.</exception>
    public float[] Move(ReadOnlySpan<float> codes, IEnumerable<CodeMove> moves, double multiple = 1, DirectionKind? kind = null)
    {
        DirectionKind chosen = Choose(kind);
        return chosen == DirectionKind.Curve ? FollowCurves(Curves!, codes, moves, multiple) : FollowLines(codes, moves, multiple, chosen);
    }

    private float[] FollowCurves(CodeCurves curves, ReadOnlySpan<float> codes, IEnumerable<CodeMove> moves, double multiple)
    {
        (int, double)[] places = [.. moves.Select(move => (PlaceOf(move.Name), move.Strength * multiple))];
        double[] standardized = Statistics.Standardize(codes);
        for (int start = 0; start < standardized.Length; start += Statistics.CodeSize)
            curves.Move(standardized.AsSpan(start, Statistics.CodeSize), places).CopyTo(standardized, start);
        return Statistics.Restore(standardized);
    }

    private float[] FollowLines(ReadOnlySpan<float> codes, IEnumerable<CodeMove> moves, double multiple, DirectionKind kind)
    {
        float[] moved = codes.ToArray();
        foreach (CodeMove move in moves)
        {
            Direction direction = Find(move.Name);
            var (weights, unit) = kind == DirectionKind.Effect ? (direction.Effect, direction.EffectUnit) : (direction.Probe, direction.ProbeUnit);
            moved = CodeMove.Apply(moved, Statistics, weights, move.Strength * multiple * unit);
        }
        return moved;
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
