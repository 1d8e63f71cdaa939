using System.Text.Json;
using TorchSharp;
using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>The files of a checkpoint: everything that a trainer needs to go on with the same bits.</summary>
public static class TrainerState
{
    private const string WeightsFile = "weights.safetensors";
    private const string AverageFile = "average.safetensors";
    private const string FirstMomentsFile = "first-moments.safetensors";
    private const string SecondMomentsFile = "second-moments.safetensors";
    private const string PositionFile = "position.json";
    private const int MaxPositionBytes = 4096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict);

    /// <summary>The parts of a checkpoint of this moment; they are read from the trainer when they are written.</summary>
    /// <param name="trainer">The trainer.</param>
    public static IReadOnlyList<CheckpointPart> Parts(ITrainer trainer) =>
    [
        Part(WeightsFile, trainer.Weights, trainer.Weights.Values),
        Part(AverageFile, trainer.AverageWeights, trainer.AverageWeights.Values),
        Part(FirstMomentsFile, trainer.Weights, trainer.Optimizer.FirstMoments),
        Part(SecondMomentsFile, trainer.Weights, trainer.Optimizer.SecondMoments),
        new(PositionFile, stream => JsonSerializer.Serialize(stream,
            new Position(trainer.ImagesSeen, trainer.Optimizer.Updates, trainer.Optimizer.UpdatesOfGroups))),
    ];

    /// <summary>Sets a trainer to a checkpoint.</summary>
    /// <param name="trainer">A trainer with the recipe that the checkpoint was made with.</param>
    /// <param name="checkpoint">A checkpoint that verified.</param>
    /// <exception cref="UnderpaintException">The checkpoint was made with other network sizes.</exception>
    public static void Restore(ITrainer trainer, Checkpoint checkpoint)
    {
        WeightSet weights = trainer.Weights;
        Load(checkpoint, WeightsFile, weights, weights.Values);
        weights.Round();
        Load(checkpoint, AverageFile, weights, trainer.AverageWeights.Values);
        Load(checkpoint, FirstMomentsFile, weights, trainer.Optimizer.FirstMoments);
        Load(checkpoint, SecondMomentsFile, weights, trainer.Optimizer.SecondMoments);
        Position position = ReadPosition(checkpoint);
        trainer.ImagesSeen = position.ImagesSeen;
        trainer.Optimizer.CountOnFrom(position.Updates, position.UpdatesOfGroups);
    }

    /// <summary>Whether everything that a checkpoint would hold is a number: only then is it worth going on from.</summary>
    /// <param name="trainer">The trainer.</param>
    public static bool IsFinite(ITrainer trainer)
    {
        using var scope = NewDisposeScope();
        Tensor[] state =
        [
            trainer.Weights.Values, trainer.AverageWeights.Values,
            trainer.Optimizer.FirstMoments, trainer.Optimizer.SecondMoments,
        ];
        return state.All(values => values.isfinite().all().ToBoolean());
    }

    private static Position ReadPosition(Checkpoint checkpoint)
    {
        string path = checkpoint.PathOf(PositionFile);
        try
        {
            Position? position = SmallFile.Read(path, MaxPositionBytes) is { } json
                ? JsonSerializer.Deserialize<Position>(json, Json)
                : null;
            return position is { Updates: >= 0 } && position.ImagesSeen == checkpoint.ImagesSeen
                && (position.UpdatesOfGroups?.Values ?? []).All(count => count >= 0 && count <= position.Updates)
                ? position
                : throw Broken();
        }
        catch (JsonException error)
        {
            throw Broken(error);
        }

        FileFormatException Broken(Exception? inner = null) =>
            new(path, "does not tell the position of its checkpoint", "Continue from an older checkpoint.", inner);
    }

    private static CheckpointPart Part(string file, WeightSet names, Tensor flat) =>
        new(file, stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(names, names.Read(flat))));

    private static void Load(Checkpoint checkpoint, string file, WeightSet names, Tensor destination)
    {
        using SafetensorsFile tensors = SafetensorsFile.Open(checkpoint.PathOf(file));
        names.Write(WeightTensors.Read(tensors, names), destination);
    }

    // Checkpoints of earlier versions count all groups as one.
    private sealed record Position(long ImagesSeen, long Updates, IReadOnlyDictionary<long, long>? UpdatesOfGroups = null);
}
