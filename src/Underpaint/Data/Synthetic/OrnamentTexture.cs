namespace Underpaint.Data.Synthetic;

/// <summary>The pattern that covers an ornament's shape.</summary>
public enum OrnamentTexture
{
    /// <summary>Straight stripes.</summary>
    Stripes,

    /// <summary>A chequerboard of oblong fields.</summary>
    Checks,

    /// <summary>Rows of dots, every second row moved by half a dot.</summary>
    Dots,

    /// <summary>Winding stripes.</summary>
    Waves,
}
