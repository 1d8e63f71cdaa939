using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// What a solver asks of a network: its output for noisy images (N, C, H, W) at one noise level. The solver disposes it.
/// </summary>
/// <param name="noisy">x_t.</param>
/// <param name="level">Its noise level.</param>
public delegate Tensor Denoiser(Tensor noisy, NoiseLevel level);
