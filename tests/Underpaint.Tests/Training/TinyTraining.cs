using Underpaint.Data;
using Underpaint.Data.Synthetic;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

/// <summary>A trainer on a few ornaments.</summary>
internal sealed class TinyTraining : IDisposable
{
    private readonly BatchStream _stream;

    public TinyTraining(Recipe recipe)
    {
        _stream = new(Images, recipe.Data, recipe.Optimizer.Batch, recipe.Seed);
        Trainer = new(recipe, _stream, Tiny.Device);
    }

    public Ornaments Images { get; } = Tiny.Images();

    public Trainer Trainer { get; }

    public void Dispose()
    {
        Trainer.Dispose();
        _stream.Dispose();
    }
}
