namespace Underpaint.Networks;

/// <summary>A model's sizes under a name.</summary>
public sealed record ModelPreset
{
    /// <summary>The name, as in <c>"model": "cifar32"</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Width and height of its images, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>The networks' sizes.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>What it is for, in one line.</summary>
    public required string Description { get; init; }
}
