namespace Underpaint.Evaluation.Judging;

/// <summary>How a judge is built and trained.</summary>
public sealed record JudgeOptions
{
    /// <summary>Width and height that images are resized and cropped to, in pixels, 8 … 256. Default 32.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Channels of the first layers, a multiple of 8; they double with each halving of the resolution, up to eightfold. Default 32.</summary>
    public int Channels { get; init; } = 32;

    /// <summary>Numbers in the feature vector: the layer before the answers. Default 128.</summary>
    public int Features { get; init; } = 128;

    /// <summary>Images seen in training, each time an image is drawn; at least 1. Default 200 000: minutes on two cores.</summary>
    public long Images { get; init; } = 200_000;

    /// <summary>Images per update. Default 128.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The highest step size of Adam; it rises over the first tenth of the training and then falls to 0. Default 2e-3.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Decoupled weight decay. Default 0.05.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Whether every second image is mirrored, at random; never where the questions are factors. Default true.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Images that are not trained on but judged at the end: at most this many, and at most a tenth of all. Default 5000.</summary>
    public int HeldOut { get; init; } = 5000;

    /// <summary>Seed of everything random. Default 0.</summary>
    public long Seed { get; init; }
}
