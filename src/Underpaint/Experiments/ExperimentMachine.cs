using Underpaint.Runs;

namespace Underpaint.Experiments;

/// <summary>What something was computed with.</summary>
public sealed record ExperimentMachine
{
    /// <summary>Underpaint's version.</summary>
    public required string Underpaint { get; init; }

    /// <summary>libtorch's version.</summary>
    public required string Torch { get; init; }

    /// <summary>The operating system and processor architecture.</summary>
    public required string System { get; init; }

    /// <summary>The processor's vector instructions; null where that is not known.</summary>
    public required string? Processor { get; init; }

    /// <summary>What kind of processor it was; null where that is not known.</summary>
    public string? ProcessorKind { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Device { get; init; }

    /// <summary>"float32" or "bfloat16": the type of the activations.</summary>
    public required string Precision { get; init; }

    /// <summary>CPU threads.</summary>
    public required int Threads { get; init; }

    /// <summary>What a run was trained with, without the paths of its images.</summary>
    /// <param name="environment">The run's environment.</param>
    internal static ExperimentMachine Of(RunEnvironment environment) => new()
    {
        Underpaint = environment.Underpaint,
        Torch = environment.Torch,
        System = environment.System,
        Processor = environment.Processor,
        ProcessorKind = environment.ProcessorKind,
        Device = environment.Device,
        Precision = environment.Precision,
        Threads = environment.Threads,
    };
}
