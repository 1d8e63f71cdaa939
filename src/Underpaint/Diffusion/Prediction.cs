namespace Underpaint.Diffusion;

/// <summary>What the decoder's network predicts from a noisy image.</summary>
public enum Prediction
{
    /// <summary>The noise ε (Ho et al. 2020); undefined at the highest noise, where the image has left no trace.</summary>
    Noise,

    /// <summary>The velocity v = α ε − σ x₀ (Salimans and Ho 2022); defined at every noise level.</summary>
    Velocity,

    /// <summary>The clean image x₀ itself.</summary>
    Image,
}
