using Underpaint.Data;
using Underpaint.Data.Labels;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data;

public class DataScanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Sizes_classes_and_unreadable_images_are_reported()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("cat"));
        Directory.CreateDirectory(folder.File("dog"));
        File.WriteAllBytes(folder.File("cat", "1.png"), TestImages.Png(5, 9));
        File.WriteAllBytes(folder.File("cat", "2.png"), [1, 2, 3]);
        File.WriteAllBytes(folder.File("dog", "3.png"), TestImages.Png(7, 4));
        using var source = new FolderSource(folder.Path);
        int last = 0;

        SourceReport report = DataScan.Run(source, progress: done => Interlocked.Exchange(ref last, Math.Max(last, done)), stop: Stop);

        Assert.Equal((3, 3), (report.Images, report.Scanned));
        Assert.Equal([new LabelCount("cat", 2), new LabelCount("dog", 1)], report.Labels);
        Assert.Equal((5, 7, 4, 9), (report.MinWidth, report.MaxWidth, report.MinHeight, report.MaxHeight));
        Assert.Equal((1, "cat/2.png"), (Assert.Single(report.Unreadable).Index, report.Unreadable[0].Name));
        Assert.Equal(3, last);
    }

    [Fact]
    public void A_limit_scans_only_the_first_images()
    {
        using var source = new MemorySource(10, unreadable: 5);
        SourceReport report = DataScan.Run(source, limit: 4, stop: Stop);
        Assert.Equal((10, 4, 4), (report.Images, report.Scanned, source.Reads));
        Assert.Empty(report.Unreadable);
        Assert.Equal([5, 5], report.Labels.Select(label => label.Images));
    }

    [Fact]
    public void A_disk_that_fails_is_told_as_it_is()
    {
        var failure = new UnderpaintException("The disk is gone.", "Mount it again.");
        using var source = new MemorySource(8) { Failure = failure };
        Assert.Same(failure, Assert.Throws<UnderpaintException>(() => DataScan.Run(source, stop: Stop)));
    }

    [Fact]
    public void When_nothing_is_readable_there_are_no_sizes()
    {
        SourceReport report = DataScan.Run(new MemorySource(2, 0, 1), stop: Stop);
        Assert.Equal((0, 0, 2), (report.MinWidth, report.MaxHeight, report.Unreadable.Count));
    }
}
