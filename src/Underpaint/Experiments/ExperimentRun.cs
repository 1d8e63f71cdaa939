using System.Globalization;

namespace Underpaint.Experiments;

/// <summary>One arm with one seed.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Seed">The seed, 0 or above.</param>
public sealed record ExperimentRun(ExperimentArm Arm, long Seed)
{
    /// <summary>The name of its folder: "two-phase-0".</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Arm.Name}-{Seed}");

    /// <summary>"two-phase, seed 0".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Arm.Name}, seed {Seed}");
}
