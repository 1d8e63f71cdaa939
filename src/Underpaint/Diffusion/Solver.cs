namespace Underpaint.Diffusion;

/// <summary>How decoding gets from one noise level to the next.</summary>
public enum Solver
{
    /// <summary>Of first order: see <see cref="Diffusion.Ddim"/>. The reference.</summary>
    Ddim,

    /// <summary>DPM-Solver++(2M), of second order: see <see cref="Diffusion.DpmSolver"/>. Made for few network calls.</summary>
    DpmSolver,
}
