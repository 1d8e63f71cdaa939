using System.Diagnostics;
using System.Globalization;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class RunLockTests
{
    [Fact]
    public void A_second_writer_is_refused_with_the_process_and_host_of_the_first()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        using (RunLock.Acquire(run))
        {
            RunInUseException e = Assert.Throws<RunInUseException>(() => RunLock.Acquire(run));
            Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), e.What, StringComparison.Ordinal);
            Assert.Contains(Environment.MachineName, e.What, StringComparison.Ordinal);
        }
        RunLock.Acquire(run).Dispose();
    }

    [Fact]
    public void A_writer_that_was_killed_does_not_keep_the_run_locked()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs the program flock, which most Linux systems have");
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        File.WriteAllText(run.WriterFile, """{"processId":12345,"host":"elsewhere","since":"2026-01-02T03:04:05Z"}""");
        string[] holding = ["--no-fork", run.LockFile, "sh", "-c", "echo held; exec sleep 60"];
        using (Process other = Process.Start(new ProcessStartInfo("/usr/bin/flock", holding) { RedirectStandardOutput = true })!)
        {
            Assert.Equal("held", other.StandardOutput.ReadLine());
            RunInUseException e = Assert.Throws<RunInUseException>(() => RunLock.Acquire(run));
            Assert.Contains("process 12345 on elsewhere, since 2026-01-02 03:04:05Z", e.What, StringComparison.Ordinal);
            other.Kill();
            other.WaitForExit();
        }
        RunLock.Acquire(run).Dispose();
    }

    [Fact]
    public void A_damaged_note_about_the_writer_does_not_hide_that_there_is_one()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        using (RunLock.Acquire(run))
        {
            File.WriteAllText(run.WriterFile, "{");
            RunInUseException e = Assert.Throws<RunInUseException>(() => RunLock.Acquire(run));
            Assert.Contains("another process", e.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Taking_the_lock_clears_away_what_a_killed_writer_left()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        string leftover = Path.Combine(run.Path, ".model.safetensors.dead.tmp");
        File.WriteAllText(leftover, "half");
        string picture = Path.Combine(run.ImagesFolder, ".000000064.png.dead.tmp");
        File.WriteAllText(picture, "half");
        RunLock.Acquire(run).Dispose();
        Assert.False(File.Exists(leftover));
        Assert.False(File.Exists(picture));
    }

    [Fact]
    public void A_run_whose_folder_is_gone_cannot_be_locked()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        Directory.Delete(run.Path, recursive: true);
        Assert.Contains(run.Path, Assert.Throws<UnderpaintException>(() => RunLock.Acquire(run)).What, StringComparison.Ordinal);
    }
}
