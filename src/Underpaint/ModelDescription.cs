using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint;

/// <summary>What a model file says about itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Recipe">The recipe that it was trained with.</param>
/// <param name="ImagesSeen">How far the training was.</param>
/// <param name="Weights">How many numbers the networks have.</param>
/// <param name="Checksum">SHA-256 of the weights, in hexadecimal digits: which model it is.</param>
public sealed record ModelDescription(string Path, Recipe Recipe, long ImagesSeen, long Weights, string Checksum)
{
    /// <summary>Whether stochastic codes can be found: see <see cref="DiffusionAutoencoder.CanInvert"/>.</summary>
    public bool CanInvert => new PhasePlan(Recipe).Before(ImagesSeen).Phase.Schedule.Kind != ScheduleKind.HighestNoise;
}
