namespace Underpaint.Data.Labels;

/// <summary>What a file says about an image's class: its number, its name, or nothing.</summary>
/// <param name="Number">The number; negative where the class is kept secret, as in some test sets.</param>
/// <param name="Text">The name.</param>
internal readonly record struct ClassLabel(long? Number, string? Text)
{
    /// <summary>Nothing.</summary>
    public static readonly ClassLabel None;
}
