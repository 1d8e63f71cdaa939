namespace Underpaint.Codes.Directions;

/// <summary>Which of an attribute's two directions is followed.</summary>
public enum DirectionKind
{
    /// <summary>How codes change when the attribute does and the other attributes stay.</summary>
    Effect,

    /// <summary>The weights of the probe that tells the attribute from the code, which Diff-AE follows.</summary>
    Probe,
}
