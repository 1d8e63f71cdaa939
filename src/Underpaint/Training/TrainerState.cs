using System.Text.Json;
using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>The files of a checkpoint: everything that a <see cref="Trainer"/> needs to go on with the same bits.</summary>
public static class TrainerState
{
    private const string WeightsFile = "weights.safetensors";
    private const string AverageFile = "average.safetensors";
    private const string FirstMomentsFile = "first-moments.safetensors";
    private const string SecondMomentsFile = "second-moments.safetensors";
    private const string PositionFile = "position.json";

    /// <summary>The parts of a checkpoint of this moment; they are read from the trainer when they are written.</summary>
    /// <param name="trainer">The trainer.</param>
    public static IReadOnlyList<CheckpointPart> Parts(Trainer trainer) =>
    [
        Part(WeightsFile, trainer.Network.Weights, trainer.Network.Weights.Values),
        Part(AverageFile, trainer.Average.Weights, trainer.Average.Weights.Values),
        Part(FirstMomentsFile, trainer.Network.Weights, trainer.Optimizer.FirstMoments),
        Part(SecondMomentsFile, trainer.Network.Weights, trainer.Optimizer.SecondMoments),
        new(PositionFile, stream => JsonSerializer.Serialize(stream, new Position(trainer.ImagesSeen, trainer.Optimizer.Updates))),
    ];

    /// <summary>Sets a trainer to a checkpoint.</summary>
    /// <param name="trainer">A trainer with the recipe that the checkpoint was made with.</param>
    /// <param name="checkpoint">A checkpoint that verified.</param>
    /// <exception cref="UnderpaintException">The checkpoint was made with other network sizes.</exception>
    public static void Restore(Trainer trainer, Checkpoint checkpoint)
    {
        WeightSet weights = trainer.Network.Weights;
        Load(checkpoint, WeightsFile, weights, weights.Values);
        weights.Round();
        Load(checkpoint, AverageFile, weights, trainer.Average.Weights.Values);
        Load(checkpoint, FirstMomentsFile, weights, trainer.Optimizer.FirstMoments);
        Load(checkpoint, SecondMomentsFile, weights, trainer.Optimizer.SecondMoments);
        using Stream stream = checkpoint.OpenRead(PositionFile);
        Position position = JsonSerializer.Deserialize<Position>(stream)!;
        (trainer.ImagesSeen, trainer.Optimizer.Updates) = (position.ImagesSeen, position.Updates);
    }

    private static CheckpointPart Part(string file, WeightSet names, Tensor flat) =>
        new(file, stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(names, names.Read(flat))));

    private static void Load(Checkpoint checkpoint, string file, WeightSet names, Tensor destination)
    {
        using SafetensorsFile tensors = SafetensorsFile.Open(checkpoint.PathOf(file));
        names.Write(WeightTensors.Read(tensors, names), destination);
    }

    private sealed record Position(long ImagesSeen, long Updates);
}
