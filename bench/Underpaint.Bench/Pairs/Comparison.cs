namespace Underpaint.Bench.Pairs;

/// <summary>Ours in one precision against plain eager in float32.</summary>
/// <param name="Precision">"float32" or "bfloat16".</param>
/// <param name="Pairs">How many pairs were measured.</param>
/// <param name="Train">Images trained on in a second.</param>
/// <param name="Encode">Images encoded in a second.</param>
/// <param name="Decode">Images decoded in a second.</param>
/// <param name="Memory">Peak resident memory in MiB.</param>
internal sealed record Comparison(
    string Precision, int Pairs, PairedRatio? Train, PairedRatio? Encode, PairedRatio? Decode, PairedRatio? Memory)
{
    public static Comparison Of(IReadOnlyList<SpeedPair> pairs) => new(
        pairs[0].Ours.Precision,
        pairs.Count,
        PairedRatio.Of(pairs, result => result.TrainImagesPerSecond),
        PairedRatio.Of(pairs, result => result.EncodeImagesPerSecond),
        PairedRatio.Of(pairs, result => result.DecodeImagesPerSecond),
        PairedRatio.Of(pairs, result => result.PeakResidentMiB));
}
