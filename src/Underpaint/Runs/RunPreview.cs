using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>What a run would be, told without making it: sizes, phases and images. Nothing is written.</summary>
public sealed record RunPreview
{
    // Enough images to see their sizes, few enough not to wait for.
    private const int ScannedImages = 64;

    /// <summary>The recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Where the phases begin and end.</summary>
    public required PhasePlan Plan { get; init; }

    /// <summary>Numbers in the encoder.</summary>
    public required long EncoderWeights { get; init; }

    /// <summary>Numbers in the decoder.</summary>
    public required long DecoderWeights { get; init; }

    /// <summary>The training images, of which the first were decoded.</summary>
    public required SourceReport Training { get; init; }

    /// <summary>How many images are held out, or given, to judge by.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>About how many bytes one checkpoint takes on the disk.</summary>
    public long CheckpointBytes => Space.CheckpointBytes;

    /// <summary>About what the run's saves take on the disk.</summary>
    public RunSpace Space => RunSpace.Of(EncoderWeights + DecoderWeights, Recipe);

    /// <summary>Looks at a recipe and its images.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">The images; stay open.</param>
    /// <exception cref="UnderpaintException">The model's sizes do not fit together.</exception>
    public static RunPreview Of(Recipe recipe, TrainingData data)
    {
        using var network = new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels);
        return new()
        {
            Recipe = recipe,
            Plan = new PhasePlan(recipe),
            EncoderWeights = network.Weights.Count - network.DecoderWeights,
            DecoderWeights = network.DecoderWeights,
            Training = DataScan.Run(data.Training, ScannedImages),
            ValidationImages = data.Validation.Count,
        };
    }

    /// <summary>The steps of a phase.</summary>
    /// <param name="span">One of <see cref="Plan"/>.</param>
    public long StepsOf(PhaseSpan span) => (span.End - span.Start) / Recipe.Optimizer.Batch;
}
