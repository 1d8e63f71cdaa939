namespace Underpaint.Evaluation;

/// <summary>How well one image was reconstructed.</summary>
/// <param name="Name">The image's name in its source.</param>
/// <param name="Psnr">PSNR in dB, at most <see cref="PeakSignalToNoise.Cap"/>.</param>
/// <param name="Ssim">SSIM, −1 … 1.</param>
public sealed record ImageScore(string Name, double Psnr, double Ssim);
