using Underpaint.Data.Sources;

namespace Underpaint.Exchange;

/// <summary>What <see cref="DatasetExport"/> wrote, and what it left out.</summary>
public sealed record ExportedDataset
{
    /// <summary>The archive.</summary>
    public required string Path { get; init; }

    /// <summary>How many images are in it.</summary>
    public required int Images { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many classes the images have; 0 when classes were not written.</summary>
    public required int Classes { get; init; }

    /// <summary>How many images have no class, for which reason no class of the others was written either; 0 when that is not so.</summary>
    public required int WithoutClass { get; init; }

    /// <summary>How many images got another name, because theirs leads out of an archive, is hidden or too long.</summary>
    public required int Renamed { get; init; }

    /// <summary>The images that were left out, and why.</summary>
    public required IReadOnlyList<SkippedImage> Dropped { get; init; }
}
