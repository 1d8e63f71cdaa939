namespace Underpaint.Data.Synthetic;

/// <summary>What the values of an <see cref="OrnamentFactor"/> mean, and so how they may be compared and predicted.</summary>
public enum OrnamentFactorKind
{
    /// <summary>One of several kinds without an order: 0, 1, 2 …</summary>
    Class,

    /// <summary>A number on a line.</summary>
    Continuous,

    /// <summary>A number on a circle: the upper end of the range is the lower end again.</summary>
    Circular,
}
