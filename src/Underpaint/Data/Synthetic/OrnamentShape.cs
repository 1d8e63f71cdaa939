namespace Underpaint.Data.Synthetic;

/// <summary>The outline of an ornament; also its label.</summary>
public enum OrnamentShape
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square with rounded corners.</summary>
    Square,

    /// <summary>An equilateral triangle that points up, with rounded corners.</summary>
    Triangle,

    /// <summary>A star with five points.</summary>
    Star,

    /// <summary>A heart.</summary>
    Heart,

    /// <summary>A broad ring; the background shows through its hole.</summary>
    Ring,
}
