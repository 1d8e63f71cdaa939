using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Tests.Progress;

/// <summary>A run that has begun and is not trained: observers are told about it by the test.</summary>
internal sealed class OpenRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data;

    public OpenRun()
    {
        Recipe recipe = RecipeLibrary.Load(TinyRun.WriteRecipe(_folder.Path));
        _data = TrainingData.Open(TinyRun.Data, null, recipe);
        Run = new(RunStart.FindOrCreate(recipe, TinyRun.Data, null, _folder.File("run")), _data, ComputeDevice.Choose("cpu"));
    }

    public TrainingRun Run { get; }

    public void Dispose()
    {
        Run.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }
}
