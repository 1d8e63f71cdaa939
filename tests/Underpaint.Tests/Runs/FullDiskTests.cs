using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Runs;

/// <summary>Disks that are full or cannot be written while a run trains.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_disk_too_small_for_a_checkpoint_is_told_before_the_first_step_and_training_goes_on()
    {
        RunFolder run = _runs.Start("a");
        var disk = new LimitedFiles(1000);
        var told = new List<int>();
        Listener listener = null!;
        listener = new(step =>
        {
            told.Add(listener.Notes.Count);
            // Cleared just before the end.
            disk.Free = step.ImagesSeen == 28 ? long.MaxValue : disk.Free;
        });
        Assert.True(SmallRun.Train(run, listener, disk));
        Assert.NotEqual(0, told[0]);
        Assert.Contains("1 kB left, and the next checkpoint needs", listener.Notes[0]);
        Assert.Contains("The checkpoint at 8 images is left out", listener.Told);
        Assert.Equal([32], listener.Saves);
        Assert.Equal(["000000032"], SmallRun.Checkpoints(run));
    }

    [Fact]
    public void What_killed_and_failed_saves_left_behind_does_not_keep_later_ones_from_the_disk()
    {
        RunFolder run = _runs.Start("a");
        string leftover = Path.Combine(run.CheckpointsFolder, ".tmp-dead");
        Directory.CreateDirectory(leftover);
        var listener = new Listener(_ => Directory.CreateDirectory(leftover));
        Assert.True(SmallRun.Train(run, listener, new LimitedFiles(long.MaxValue) { Filling = leftover }));
        Assert.DoesNotContain("The disk of", listener.Told, StringComparison.Ordinal);
        Assert.Equal([8, 16, 24, 32], listener.Saves);
    }

    [Fact]
    public void A_save_that_fails_is_told_the_older_checkpoint_is_kept_and_the_result_is_the_same()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        var listener = new Listener(step => broken.FailsAlways = step.ImagesSeen is 16);
        Assert.True(SmallRun.Train(run, listener, broken));
        Assert.Contains("The checkpoint at 16 images could not be saved", listener.Told);
        Assert.Contains("Training goes on. The checkpoint at 8 images is kept", listener.Told);
        Assert.Equal([8, 24, 32], listener.Saves);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void The_last_save_of_a_run_is_tried_every_30_seconds_until_it_succeeds()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        var waits = new List<TimeSpan>();
        var listener = new Listener(step => broken.FailsAlways = step.ImagesSeen is 32);
        Assert.True(SmallRun.Train(run, listener, broken, time: MendedAfter(3, broken, waits)));
        Assert.Equal(3, waits.Count);
        Assert.All(waits, wait => Assert.Equal(TimeSpan.FromSeconds(30), wait));
        string told = Assert.Single(listener.Notes, IsOfLastSave);
        Assert.Contains("The checkpoint at 32 images could not be saved", told);
        Assert.Contains("Free some space", told);
        Assert.Contains(" MB of free space. Ctrl-C, pressed twice, ends the run without it", told);
        Assert.Equal([8, 16, 24, 32], listener.Saves);
        Assert.True(RunStart.IsFinished(run, SmallRun.Recipe));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_disk_without_room_for_the_last_save_is_not_filled_to_the_brim_by_trying()
    {
        RunFolder run = _runs.Start("a");
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        bool isAtEnd = false;
        int waits = 0;
        var listener = new Listener(step => broken.FailsAlways = step.ImagesSeen is 32, noted: note => isAtEnd |= IsOfLastSave(note));
        var time = new ImpatientTime(_ =>
        {
            if (!isAtEnd)
                return false;
            waits++;
            // It would succeed from now on, if it were tried.
            broken.FailsAlways = false;
            broken.Free = waits < 3 ? 1000 : null;
            return true;
        });
        Assert.True(SmallRun.Train(run, listener, broken, time: time));
        Assert.Equal(3, waits);
    }

    [Fact]
    public void A_failure_that_lasts_is_told_every_ten_minutes()
    {
        RunFolder run = _runs.Start("a");
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        var listener = new Listener(step => broken.FailsAlways = step.ImagesSeen is 32);
        Assert.True(SmallRun.Train(run, listener, broken, time: MendedAfter(41, broken, [])));
        Assert.Equal(3, listener.Notes.Count(IsOfLastSave));
    }

    [Fact]
    public void A_run_that_is_stopped_waits_for_the_disk_as_well_and_loses_no_step()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        using var stop = new CancellationTokenSource();
        var listener = new Listener(step =>
        {
            if (step.ImagesSeen is not 20)
                return;
            broken.FailsAlways = true;
            stop.Cancel();
        });
        Assert.False(SmallRun.Train(run, listener, broken, time: MendedAfter(2, broken, []), stop: stop.Token));
        Assert.Single(listener.Notes, IsOfLastSave);
        Assert.Equal([8, 16, 20], listener.Saves);
        Assert.True(SmallRun.Train(run));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_model_that_fails_after_the_last_checkpoint_is_tried_again_as_well()
    {
        RunFolder run = _runs.Start("a");
        int checkpoints = 0, renamed = 0;
        using var broken = new InjectedFiles(Fault.Full, point =>
        {
            checkpoints += point is SavePoint.StoreFlush ? 1 : 0;
            // After the environment's.
            return checkpoints == 4 && point is SavePoint.OtherRename && ++renamed == 2;
        });
        var listener = new Listener();
        Assert.True(SmallRun.Train(run, listener, broken, time: new ImpatientTime(_ => broken.Happened)));
        Assert.Contains($"Cannot write {run.ModelFile}", Assert.Single(listener.Notes, IsOfLastSave));
        Assert.True(RunStart.IsFinished(run, SmallRun.Recipe));
    }

    [Fact]
    public void A_run_that_died_between_its_last_checkpoint_and_its_model_file_is_not_finished()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        Assert.True(SmallRun.Train(run));
        string model = SmallRun.Hash(whole);
        foreach (Action spoil in (Action[])[() => File.Delete(run.ModelFile), () => File.WriteAllText(run.ModelFile, "half")])
        {
            spoil();
            Assert.False(RunStart.IsFinished(run, SmallRun.Recipe));
            Assert.True(SmallRun.Train(run));
            Assert.Equal(model, SmallRun.Hash(run));
            Assert.True(RunStart.IsFinished(run, SmallRun.Recipe));
        }
    }

    [Fact]
    public void A_disk_that_is_really_full_is_waited_for_at_the_end_and_the_result_is_the_same()
    {
        RunFolder whole = _runs.Start("whole");
        Assert.True(SmallRun.Train(whole));
        // Room for two checkpoints with their models, and not for a third.
        long size = 5 * new DirectoryInfo(Directory.GetDirectories(whole.CheckpointsFolder)[0]).EnumerateFiles().Sum(file => file.Length) / 2;
        using var disk = new MountedDisk(_runs.File("disk"), size);
        Assert.SkipUnless(disk.IsMounted, MountedDisk.Needs);
        RunFolder run = _runs.Start("disk/run");
        bool isAtEnd = false;
        CheckpointSearch? meanwhile = null;
        var listener = new Listener(noted: note => isAtEnd |= IsOfLastSave(note));
        var time = new ImpatientTime(_ =>
        {
            meanwhile ??= isAtEnd ? new CheckpointStore(run.CheckpointsFolder, 2).FindNewest() : null;
            return isAtEnd && disk.Remount("size=64m");
        });
        // A disk that does not tell how full it is: nothing warns of the end.
        Assert.True(SmallRun.Train(run, listener, new LimitedFiles(null), time: time));
        string told = Assert.Single(listener.Notes, IsOfLastSave);
        Assert.Contains("No space left on device", told);
        Assert.Contains("Free some space", told);
        Assert.NotNull(meanwhile);
        Assert.NotNull(meanwhile.Newest);
        Assert.Empty(meanwhile.Rejected);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_disk_that_becomes_read_only_on_the_way_costs_checkpoints_and_not_the_training()
    {
        RunFolder whole = _runs.Start("whole");
        Assert.True(SmallRun.Train(whole));
        RunFolder run = _runs.Start("a");
        // The whole run's would do nothing: no disk becomes read-only on which the lock is held open for writing.
        using var checkpoints = new MountedDisk(Directory.CreateDirectory(run.CheckpointsFolder).FullName);
        Assert.SkipUnless(checkpoints.IsMounted, MountedDisk.Needs);
        var listener = new Listener(step => Assert.True(checkpoints.Remount(step.ImagesSeen is 8 or 16 ? "ro" : "rw")));
        Assert.True(SmallRun.Train(run, listener));
        Assert.Equal([24, 32], listener.Saves);
        Assert.Contains("Read-only file system", listener.Told);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_run_on_a_read_only_disk_is_refused_with_the_reason_and_can_still_be_read()
    {
        using var disk = new MountedDisk(_runs.File("disk"), 64 << 20);
        Assert.SkipUnless(disk.IsMounted, MountedDisk.Needs);
        RunFolder run = _runs.Start("disk/run");
        Assert.True(SmallRun.Train(run));
        string hash = SmallRun.Hash(run);
        Assert.True(disk.Remount("ro"));
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => RunLock.Acquire(run).Dispose());
        Assert.Contains("Read-only file system", e.Message);
        Assert.Throws<UnderpaintException>(() => _runs.Start("disk/other"));
        Assert.NotNull(new CheckpointStore(run.CheckpointsFolder, 2).FindNewest().Newest);
        Assert.NotEmpty(RunMetrics.Read(run).Ticks);
        Assert.Equal(hash, SmallRun.Hash(run));
    }

    [Fact]
    public void A_folder_that_becomes_read_only_costs_checkpoints_and_not_the_training()
    {
        Assert.SkipUnless(CanForbid(), "needs a user whom permissions bind");
        RunFolder run = _runs.Start("a");
        var listener = new Listener(step => Allow(run.CheckpointsFolder, step.ImagesSeen is not (8 or 16)));
        Assert.True(SmallRun.Train(run, listener));
        Assert.Equal([24, 32], listener.Saves);
        Assert.Contains("permission", listener.Told);
    }

    private static bool IsOfLastSave(string note) => note.Contains("This last save is tried again every 30 s", StringComparison.Ordinal);

    // A clock on which a disk that fails always is waited for so many times, without waiting, and then works again. Images take their time.
    private static ImpatientTime MendedAfter(int times, InjectedFiles disk, List<TimeSpan> waits) => new(wait =>
    {
        if (!disk.FailsAlways)
            return false;
        waits.Add(wait);
        disk.FailsAlways = waits.Count < times;
        return true;
    });

    // Permissions do not bind the administrator.
    private bool CanForbid()
    {
        if (OperatingSystem.IsWindows())
            return false;
        string folder = _runs.File("forbidden");
        Directory.CreateDirectory(folder);
        Allow(folder, false);
        try
        {
            File.WriteAllText(Path.Combine(folder, "x"), "");
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        finally
        {
            Allow(folder, true);
        }
    }

    private static void Allow(string folder, bool writing)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | (writing ? UnixFileMode.UserWrite : 0));
    }
}
