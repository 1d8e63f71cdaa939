namespace Underpaint.Exchange.Onnx;

/// <summary>What the files of an exported folder and the inputs and outputs of its graphs are called.</summary>
internal static class OnnxNames
{
    public const string EncoderFile = "encoder.onnx", DenoiserFile = "denoiser.onnx", LatentFile = "latent.onnx", DirectionsFile = "directions.safetensors";

    /// <summary>The encoder's: (N, C, H, W) in [−1, 1] → (N, code).</summary>
    public const string Images = "images", Codes = "codes";

    /// <summary>The denoiser's, besides the codes: (N, C, H, W) and (N), 0 … 1000 → (N, C, H, W).</summary>
    public const string Noisy = "noisy", Times = "times", Prediction = "prediction";
}
