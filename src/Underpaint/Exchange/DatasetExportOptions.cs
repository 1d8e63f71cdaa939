using Underpaint.Data.Images;

namespace Underpaint.Exchange;

/// <summary>How <see cref="DatasetExport"/> writes images.</summary>
public sealed record DatasetExportOptions
{
    /// <summary>
    /// Width and height that every image is resized and cropped to, in pixels, as a model of this size sees it; written as PNG then. Null,
    /// the default, keeps the files byte for byte.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>Which images are left out as too large; those that training would skip by default.</summary>
    public DecodeLimits Limits { get; init; } = DecodeLimits.Default;
}
