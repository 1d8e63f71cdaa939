using Underpaint.Data;
using Underpaint.Data.Synthetic;
using Underpaint.Machine;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

/// <summary>A trainer on a few ornaments.</summary>
internal sealed class TinyTraining : IDisposable
{
    private readonly BatchStream _stream;

    public TinyTraining(Recipe recipe, ComputeDevice? device = null)
    {
        _stream = new(Images, recipe.Data, recipe.Optimizer.Batch, recipe.Seed);
        Trainer = new(recipe, _stream, device ?? Tiny.Device);
    }

    public Ornaments Images { get; } = Tiny.Images();

    public Trainer Trainer { get; }

    public void Dispose()
    {
        Trainer.Dispose();
        _stream.Dispose();
    }
}
