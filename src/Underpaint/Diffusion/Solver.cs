namespace Underpaint.Diffusion;

/// <summary>How decoding gets from one noise level to the next.</summary>
public enum Solver
{
    /// <summary>Of first order: see <c>Ddim</c>. The reference.</summary>
    Ddim,

    /// <summary>DPM-Solver++(2M), of second order: see <c>DpmSolver</c>. Made for few network calls.</summary>
    DpmSolver,
}
