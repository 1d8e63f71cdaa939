namespace Underpaint.Training;

/// <summary>One line of <c>metrics.jsonl</c>: how well the fixed validation images were reconstructed, with the average of the weights.</summary>
public sealed record ValidationRecord
{
    /// <summary>"validation".</summary>
    public string Kind { get; } = "validation";

    /// <summary>Images seen.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>The phase's name.</summary>
    public required string Phase { get; init; }

    /// <summary>How many images.</summary>
    public required int Images { get; init; }

    /// <summary>Decoding steps: network calls for each image. As long as a run trains at the highest noise only, one.</summary>
    public required int Steps { get; init; }

    /// <summary>Mean PSNR of the reconstructions in dB.</summary>
    public required double Psnr { get; init; }

    /// <summary>Mean SSIM of the reconstructions.</summary>
    public required double Ssim { get; init; }

    /// <summary>Mean PSNR of the structure images in dB.</summary>
    public required double StructurePsnr { get; init; }

    /// <summary>Mean SSIM of the structure images.</summary>
    public required double StructureSsim { get; init; }
}
