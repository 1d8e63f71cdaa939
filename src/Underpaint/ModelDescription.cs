using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint;

/// <summary>What a model file says about itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Recipe">The recipe that it was trained with.</param>
/// <param name="ImagesSeen">How far the training was; 0 for an imported model that does not tell.</param>
/// <param name="Weights">How many numbers the networks have.</param>
/// <param name="Checksum">SHA-256 of the weights, in hexadecimal digits.</param>
public sealed record ModelDescription(string Path, Recipe Recipe, long ImagesSeen, long Weights, string Checksum)
{
    /// <summary>Whether the file knows how long the model was trained; one that was imported need not.</summary>
    public bool KnowsImages => ImagesSeen > 0 || Origin is null;

    /// <summary>Which model it is: see <see cref="DiffusionAutoencoder.Identity"/>.</summary>
    public string Identity => RecipeIdentity.Of(Recipe, ImagesSeen, Checksum);

    /// <summary>Where an imported model came from, in words; null for one that was trained here.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether stochastic codes can be found: see <see cref="DiffusionAutoencoder.CanInvert"/>.</summary>
    public bool CanInvert => new PhasePlan(Recipe).Before(ImagesSeen).Phase.Schedule.Kind != ScheduleKind.HighestNoise;
}
