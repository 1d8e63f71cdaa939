using Underpaint.Data.Labels;

namespace Underpaint.Data.Sources;

/// <summary>What is in an image source: the answer of <see cref="DataScan"/>.</summary>
public sealed record SourceReport
{
    /// <summary>Where the images come from.</summary>
    public required string Description { get; init; }

    /// <summary>How many images there are.</summary>
    public required int Images { get; init; }

    /// <summary>How many of them were decoded, or tried; the first ones.</summary>
    public required int Scanned { get; init; }

    /// <summary>The classes by label; empty when the images have none.</summary>
    public required IReadOnlyList<LabelCount> Labels { get; init; }

    /// <summary>Smallest width among the readable scanned images, in pixels; 0 when none is readable.</summary>
    public required int MinWidth { get; init; }

    /// <summary>Largest width, likewise.</summary>
    public required int MaxWidth { get; init; }

    /// <summary>Smallest height, likewise.</summary>
    public required int MinHeight { get; init; }

    /// <summary>Largest height, likewise.</summary>
    public required int MaxHeight { get; init; }

    /// <summary>The scanned images that cannot be read, in the source's order.</summary>
    public required IReadOnlyList<SkippedImage> Unreadable { get; init; }
}
