using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Training;

namespace Underpaint.Reports;

/// <summary>What a run's report shows. Parts that are not there yet stay empty, and the report leaves them out.</summary>
public sealed record RunReportData
{
    /// <summary>The report's title: the run's name.</summary>
    public required string Title { get; init; }

    /// <summary>The resolved recipe, as it stands in the run folder.</summary>
    public required string RecipeJson { get; init; }

    /// <summary>What the run ran on, as names and values in the order in which they are shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The phases, in order.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; init; } = [];

    /// <summary>The training's progress, in order of images seen.</summary>
    public IReadOnlyList<TickRecord> Ticks { get; init; } = [];

    /// <summary>The looks at the fixed validation images, in order of images seen.</summary>
    public IReadOnlyList<ValidationRecord> Validations { get; init; } = [];

    /// <summary>How the reconstructions of the validation images grew; none by default.</summary>
    public GrowthPictures? Growth { get; init; }

    /// <summary>A few images decoded in more and more steps.</summary>
    public IReadOnlyList<StepRow> StepRows { get; init; } = [];

    /// <summary>The finished model's figures.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>Images that could not be read.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; init; } = [];

    /// <summary>The same images reconstructed again and again during training.</summary>
    /// <param name="Originals">The images.</param>
    /// <param name="Snapshots">Their reconstructions, in order of images seen.</param>
    public sealed record GrowthPictures(IReadOnlyList<PixelImage> Originals, IReadOnlyList<Snapshot> Snapshots);

    /// <summary>Reconstructions at one moment.</summary>
    /// <param name="ImagesSeen">Images seen.</param>
    /// <param name="Structure">The structure images, in the order of the originals.</param>
    /// <param name="Reconstructions">The reconstructions, in the order of the originals.</param>
    public sealed record Snapshot(long ImagesSeen, IReadOnlyList<PixelImage> Structure, IReadOnlyList<PixelImage> Reconstructions);

    /// <summary>One image, its structure image, and what more and more steps make of it.</summary>
    /// <param name="Name">The image's name.</param>
    /// <param name="Original">The image.</param>
    /// <param name="Structure">Its structure image.</param>
    /// <param name="StructurePsnr">The structure image's PSNR, in dB.</param>
    /// <param name="Reconstructions">From the fewest steps to the most; the last one's errors are shown too.</param>
    public sealed record StepRow(
        string Name, PixelImage Original, PixelImage Structure, double StructurePsnr, IReadOnlyList<StepPicture> Reconstructions);

    /// <summary>A reconstruction in some number of steps.</summary>
    /// <param name="Steps">Decoding steps.</param>
    /// <param name="Image">The reconstruction.</param>
    /// <param name="Psnr">Its PSNR, in dB.</param>
    public sealed record StepPicture(int Steps, PixelImage Image, double Psnr);

    /// <summary>The mean quality over many images.</summary>
    /// <param name="Kind">What was compared with the images.</param>
    /// <param name="Steps">Decoding steps; 1 for structure images.</param>
    /// <param name="Images">How many images.</param>
    /// <param name="Psnr">Mean PSNR, in dB.</param>
    /// <param name="Ssim">Mean SSIM.</param>
    public sealed record MetricRow(ReconstructionKind Kind, int Steps, int Images, double Psnr, double Ssim)
    {
        /// <summary>Further figures, the same metrics in every row. Default none.</summary>
        public IReadOnlyList<(Metric Metric, double Value)> More { get; init; } = [];
    }
}
