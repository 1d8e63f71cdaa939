using Underpaint.Diffusion;

namespace Underpaint.Training;

/// <summary>
/// How squared errors at different noise levels are weighed against each other. Every weighting multiplies the squared
/// error of what the network predicts; with SNR = α²/σ², the squared error of the image is σ² times that of the velocity
/// and 1/SNR times that of the noise.
/// </summary>
public sealed record LossWeighting
{
    private LossWeighting(string kind, double gamma = 0) => (Kind, Gamma) = (kind, gamma);

    /// <summary>The plain squared error of what the network predicts (the published choice).</summary>
    public static LossWeighting Uniform { get; } = new("uniform");

    /// <summary>The squared error of the image, whatever the network predicts.</summary>
    public static LossWeighting Image { get; } = new("image");

    /// <summary>The squared error of the noise, whatever the network predicts.</summary>
    public static LossWeighting Noise { get; } = new("noise");

    /// <summary>"uniform", "image", "noise" or "min-snr".</summary>
    public string Kind { get; }

    /// <summary>γ of min-SNR; 0 for the others.</summary>
    public double Gamma { get; }

    /// <summary>The squared error of the image times min(SNR, γ) (Hang et al. 2023).</summary>
    /// <param name="gamma">γ, above 0; published choice 5.</param>
    public static LossWeighting MinSnr(double gamma) => new("min-snr", gamma);

    /// <summary>The factor on the squared error of the network's output at one noise level.</summary>
    /// <param name="prediction">What the network predicts.</param>
    /// <param name="alpha">α, 0 … 1.</param>
    /// <param name="sigma">σ, above 0 … 1.</param>
    public double At(Prediction prediction, double alpha, double sigma)
    {
        double snr = alpha * alpha / (sigma * sigma);
        // The squared error of the image is this times the squared error of what is predicted.
        double imagePerPrediction = prediction switch
        {
            Prediction.Noise => 1 / snr,
            Prediction.Velocity => sigma * sigma,
            _ => 1,
        };
        return Kind switch
        {
            "image" => imagePerPrediction,
            "noise" => prediction == Prediction.Noise ? 1 : snr * imagePerPrediction,
            "min-snr" => Math.Min(snr, Gamma) * imagePerPrediction,
            _ => 1,
        };
    }
}
