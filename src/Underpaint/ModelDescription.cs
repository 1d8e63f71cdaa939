using Underpaint.Training;

namespace Underpaint;

/// <summary>What a model file says about itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Recipe">The recipe that it was trained with.</param>
/// <param name="ImagesSeen">How far the training was.</param>
/// <param name="Weights">How many numbers the networks have.</param>
public sealed record ModelDescription(string Path, Recipe Recipe, long ImagesSeen, long Weights);
