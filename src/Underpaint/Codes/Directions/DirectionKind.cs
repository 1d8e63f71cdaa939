namespace Underpaint.Codes.Directions;

/// <summary>What is followed when an attribute is changed.</summary>
public enum DirectionKind
{
    /// <summary>How the code of this very image changes when the attribute does and the other attributes stay: see <see cref="CodeCurves"/>. It ends where the examples end. An attribute in which the examples are all alike has none, and follows its effect.</summary>
    Curve,

    /// <summary>How codes change on average when the attribute does and the other attributes stay: a straight line, the same for all images.</summary>
    Effect,

    /// <summary>The weights of the probe that tells the attribute from the code, which Diff-AE follows.</summary>
    Probe,
}
