using TorchSharp;
using Underpaint.Bench.Plain;
using Underpaint.Networks;
using Underpaint.Runs;

namespace Underpaint.Bench.Tests.Plain;

public sealed class PlainSubjectTests
{
    private static readonly SpeedOptions Tiny = new()
    {
        Preset = ModelPresets.Find("demo")! with { ImageSize = 16 },
        TrainBatch = 2,
        InferenceBatch = 2,
        Steps = 2,
    };

    [Fact]
    public void It_has_as_many_parameters_as_ours()
    {
        using var plain = new PlainSubject(Tiny);
        using var ours = new AutoencoderNetwork(Tiny.Preset.Model, Tiny.Preset.ImageSize, imageChannels: 3);
        Assert.Equal(ours.Weights.Count, plain.Parameters);
    }

    [Fact]
    public void It_keeps_no_tensors_from_step_to_step()
    {
        using var plain = new PlainSubject(Tiny);
        Work(plain);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Work(plain);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Work(PlainSubject plain)
    {
        plain.TrainStep();
        plain.Encode();
        plain.Decode();
    }
}
