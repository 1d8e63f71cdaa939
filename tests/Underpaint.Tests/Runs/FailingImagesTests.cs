using Underpaint.Storage;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Runs;

public sealed class FailingImagesTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_disk_that_fails_under_the_images_ends_the_run_saved_and_it_goes_on_to_the_same_bits()
    {
        string images = _runs.File("images");
        SmallRun.WriteImages(images, 12, seed: 3);
        RunFolder whole = _runs.Start("whole", images), failed = _runs.Start("failed", images);
        Assert.True(SmallRun.Train(whole, data: images));

        var held = new List<FileStream>();
        // What is read ahead by then does not reach to the end.
        var observer = new Listener(step => held.AddRange(step.ImagesSeen == 4 ? Directory.GetFiles(images).Select(HeldFile.Hold) : []));
        UnderpaintException error = Assert.Throws<UnderpaintException>(() => SmallRun.Train(failed, observer, data: images));
        held.ForEach(file => file.Dispose());
        Assert.Contains("Another program has it open", error.Remedy);
        Assert.NotEmpty(observer.Saves);

        Assert.True(SmallRun.Train(failed, data: images));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(failed));
    }
}
