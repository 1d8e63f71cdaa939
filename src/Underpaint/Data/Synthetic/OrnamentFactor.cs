namespace Underpaint.Data.Synthetic;

/// <summary>
/// One factor of the ornaments, described: its name, what its values mean, and how to read and change it. Studies that
/// fit a probe or an edit for every factor go through <see cref="All"/>.
/// </summary>
public sealed class OrnamentFactor
{
    private readonly Func<OrnamentFactors, double> _get;
    private readonly Func<OrnamentFactors, double, OrnamentFactors> _set;

    private OrnamentFactor(string name, OrnamentFactorKind kind, bool isDetail, double low, double high,
        Func<OrnamentFactors, double> get, Func<OrnamentFactors, double, OrnamentFactors> set)
    {
        (Name, Kind, IsDetail, Low, High) = (name, kind, isDetail, low, high);
        (_get, _set) = (get, set);
    }

    /// <summary>All twelve factors, structure first.</summary>
    public static IReadOnlyList<OrnamentFactor> All { get; } =
    [
        Class<OrnamentShape>("shape", isDetail: false, f => (int)f.Shape, (f, v) => f with { Shape = (OrnamentShape)v }),
        Continuous("x", isDetail: false, 0.40, 0.60, f => f.X, (f, v) => f with { X = v }),
        Continuous("y", isDetail: false, 0.40, 0.60, f => f.Y, (f, v) => f with { Y = v }),
        Continuous("size", isDetail: false, 0.23, 0.33, f => f.Size, (f, v) => f with { Size = v }),
        Circular("hue", isDetail: false, 360, f => f.Hue, (f, v) => f with { Hue = v }),
        Circular("background-hue", isDetail: false, 360, f => f.BackgroundHue, (f, v) => f with { BackgroundHue = v }),
        Continuous("background-tone", isDetail: false, 0, 1, f => f.BackgroundTone, (f, v) => f with { BackgroundTone = v }),
        Class<OrnamentTexture>("texture", isDetail: true, f => (int)f.Texture, (f, v) => f with { Texture = (OrnamentTexture)v }),
        Continuous("frequency", isDetail: true, 4, 7, f => f.Frequency, (f, v) => f with { Frequency = v }),
        Circular("phase", isDetail: true, 1, f => f.Phase, (f, v) => f with { Phase = v }),
        Circular("orientation", isDetail: true, 180, f => f.Orientation, (f, v) => f with { Orientation = v }),
        Continuous("grain", isDetail: true, 0, 0.05, f => f.Grain, (f, v) => f with { Grain = v }),
    ];

    /// <summary>The factor's name, in kebab case, such as "background-hue".</summary>
    public string Name { get; }

    /// <summary>What its values mean.</summary>
    public OrnamentFactorKind Kind { get; }

    /// <summary>True for a factor of detail, false for one of structure.</summary>
    public bool IsDetail { get; }

    /// <summary>The smallest value, in the unit that <see cref="OrnamentFactors"/> states.</summary>
    public double Low { get; }

    /// <summary>The largest value. Of a circular factor it is <see cref="Low"/> again: the period is High − Low.</summary>
    public double High { get; }

    /// <summary>The names of a class's values 0, 1, 2 …; empty for the other kinds.</summary>
    public IReadOnlyList<string> ClassNames { get; private init; } = [];

    /// <summary>The factor's value in one ornament; of a class, its number.</summary>
    /// <param name="factors">The ornament.</param>
    public double ValueOf(OrnamentFactors factors) => _get(factors);

    /// <summary>The same ornament with another value of this factor alone.</summary>
    /// <param name="factors">The ornament; it stays as it is.</param>
    /// <param name="value">The new value; values of a circular factor are wrapped into its range.</param>
    /// <exception cref="UnderpaintException">The value is outside the range, or no class.</exception>
    public OrnamentFactors With(OrnamentFactors factors, double value)
    {
        Check(value);
        return _set(factors, Kind == OrnamentFactorKind.Circular ? Wrap(value) : value);
    }

    internal double Draw(RandomSource random) =>
        Kind == OrnamentFactorKind.Class ? random.NextInt(ClassNames.Count) : random.NextDouble(Low, High);

    internal void Check(double value)
    {
        bool possible = Kind switch
        {
            OrnamentFactorKind.Circular => double.IsFinite(value),
            OrnamentFactorKind.Class => double.IsInteger(value) && value >= Low && value <= High,
            _ => value >= Low && value <= High,
        };
        if (!possible)
            throw new UnderpaintException(FormattableString.Invariant($"The ornament factor \"{Name}\" is {value}."),
                FormattableString.Invariant($"Choose a value from {Low} to {High}."));
    }

    private double Wrap(double value)
    {
        double turns = (value - Low) / (High - Low);
        // A tiny negative number rounds up to a whole turn.
        double part = turns - Math.Floor(turns);
        return part < 1 ? Low + part * (High - Low) : Low;
    }

    private static OrnamentFactor Continuous(string name, bool isDetail, double low, double high,
        Func<OrnamentFactors, double> get, Func<OrnamentFactors, double, OrnamentFactors> set) =>
        new(name, OrnamentFactorKind.Continuous, isDetail, low, high, get, set);

    private static OrnamentFactor Circular(string name, bool isDetail, double period,
        Func<OrnamentFactors, double> get, Func<OrnamentFactors, double, OrnamentFactors> set) =>
        new(name, OrnamentFactorKind.Circular, isDetail, 0, period, get, set);

    private static OrnamentFactor Class<T>(string name, bool isDetail,
        Func<OrnamentFactors, double> get, Func<OrnamentFactors, double, OrnamentFactors> set) where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        return new(name, OrnamentFactorKind.Class, isDetail, 0, names.Length - 1, get, set) { ClassNames = names };
    }
}
