namespace Underpaint.Data.Labels;

/// <summary>How many images a class has.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Images">Its images, readable or not.</param>
public sealed record LabelCount(string Name, int Images);
