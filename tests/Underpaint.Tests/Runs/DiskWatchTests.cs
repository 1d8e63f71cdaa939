using Underpaint.Runs;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Runs;

public class DiskWatchTests
{
    private static readonly RunSpace Space = new(CheckpointBytes: 100_000_000, ModelBytes: 25_000_000, Keep: 3);

    [Fact]
    public void A_save_needs_a_checkpoint_and_a_model_beside_those_that_are_there()
    {
        Assert.InRange(Space.NextSaveBytes, 125_000_000, 135_000_000);
        Assert.InRange(Space.MostBytes, 450_000_000, 460_000_000);
    }

    [Fact]
    public void The_pictures_of_every_look_are_counted()
    {
        RunSpace few = RunSpace.Of(1000, SmallRun.Recipe), many = RunSpace.Of(1000, SmallRun.Recipe with { Validation = new() { Every = 1, Images = 1 } });
        // Three pictures of 16 × 16, and twice a sheet of four.
        Assert.Equal(11 * 16 * 16 * 3, few.LookBytes);
        Assert.Equal((4, 34), (few.Looks, many.Looks));
        Assert.Equal(30 * few.LookBytes, many.MostBytes - few.MostBytes);
    }

    [Fact]
    public void A_disk_with_room_for_the_whole_run_is_not_worth_a_word()
    {
        var watch = new DiskWatch("runs", Space, new LimitedFiles(460_000_000));
        Assert.Null(watch.AtStart(present: 0));
        Assert.Null(watch.TellChange());
        Assert.True(watch.HoldsNextSave);
    }

    [Fact]
    public void Room_for_the_next_save_alone_is_told_at_the_start()
    {
        var watch = new DiskWatch("runs", Space, new LimitedFiles(200_000_000));
        Assert.Contains("200 MB left: the next one fits", watch.AtStart(present: 0));
        Assert.Null(new DiskWatch("runs", Space, new LimitedFiles(200_000_000)).AtStart(present: 300_000_000));
    }

    [Fact]
    public void A_disk_that_fills_up_and_is_cleared_is_told_once_each()
    {
        var disk = new LimitedFiles(1_000_000_000);
        var watch = new DiskWatch("runs", Space, disk);
        Assert.Null(watch.TellChange());
        disk.Free = 100_000_000;
        Assert.Contains("100 MB left, and the next checkpoint needs 129.2 MB", watch.TellChange());
        Assert.Null(watch.TellChange());
        Assert.False(watch.HoldsNextSave);
        disk.Free = 1_000_000_000;
        Assert.Contains("holds the next checkpoint again", watch.TellChange());
        Assert.Null(watch.TellChange());
    }

    [Fact]
    public void Room_is_made_before_a_disk_is_found_too_full()
    {
        var disk = new LimitedFiles(100_000_000);
        var watch = new DiskWatch("runs", Space, disk, makeRoom: () => disk.Free = 1_000_000_000);
        Assert.Null(watch.AtStart(present: 0));
        disk.Free = 100_000_000;
        Assert.True(watch.HoldsNextSave);
    }

    [Fact]
    public void A_disk_that_does_not_tell_is_trusted()
    {
        var watch = new DiskWatch("runs", Space, new LimitedFiles(null));
        Assert.Null(watch.AtStart(present: 0));
        Assert.True(watch.HoldsNextSave);
    }

    [Fact]
    public void The_real_disk_tells()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Underpaint.Storage.Disk.Instance.FreeBytes(folder.Path) > 0);
    }
}
