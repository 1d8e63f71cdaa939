using Underpaint.Data;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public class LossWatchTests
{
    private readonly LossWatch _watch = new();
    private long _imagesSeen;

    [Fact]
    public void A_jump_is_recorded_with_the_images_of_the_greatest_errors()
    {
        SpikeRecord spike = Assert.Single(Look([.. Wavering(60), 5]));
        Assert.Equal((244, 5.0), (spike.ImagesSeen, spike.Loss));
        Assert.InRange(spike.UsualLoss, 0.9, 1.1);
        Assert.Equal(["image 12", "image 10", "image 11", "image 13"], spike.Images);
        Assert.Equal([0.8, 0.2, 0.1, 0], spike.NoiseShares);
    }

    [Fact]
    public void Ordinary_wavering_and_a_falling_loss_are_no_spikes()
    {
        Assert.Empty(Look([.. Wavering(500)]));
        Assert.Empty(Look([.. Enumerable.Range(0, 500).Select(i => 1 / (1 + 0.01 * i))]));
    }

    [Fact]
    public void A_higher_level_is_one_event_and_not_hundreds() =>
        Assert.Single(Look([.. Wavering(60), .. Wavering(300).Select(loss => 10 * loss)]));

    [Fact]
    public void Another_phase_starts_anew()
    {
        Assert.Empty(Look([.. Wavering(60)]));
        Assert.Empty(Look([50, .. Wavering(60).Select(loss => 50 * loss)], "detail"));
    }

    [Fact]
    public void Too_few_losses_tell_nothing() => Assert.Empty(Look([.. Wavering(10), 100]));

    private static IEnumerable<double> Wavering(int steps) => Enumerable.Range(0, steps).Select(i => 1 + 0.3 * Math.Sin(i * 1.7));

    private List<SpikeRecord> Look(double[] losses, string phase = "structure")
    {
        var batch = new PixelBatch { Pixels = [], Count = 4, Channels = 3, Size = 1, Indices = [10, 11, 12, 13] };
        var spikes = new List<SpikeRecord>();
        foreach (double loss in losses)
        {
            _imagesSeen += 4;
            var step = new StepReport(phase, _imagesSeen, loss, 1, 1e-3, [0.3f, 0.2f, 0.9f, 0.1f], [0.2, 0.1, 0.8, 0]);
            if (_watch.Look(step, batch, index => $"image {index}") is { } spike)
                spikes.Add(spike);
        }
        return spikes;
    }
}
