using Underpaint.Harness.Killing;

namespace Underpaint.Cli.Tests.Killing;

/// <summary>A short version of what the harness does at 200 moments, with the built tool in processes of its own.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_is_killed_at_random_moments_ends_with_the_same_weights()
    {
        var told = new List<string>();
        KillReport report = new KillTrial(Tool.Built(), _folder.Path, seed: 1).Run(moments: 5, told.Add);
        Assert.True(report.Runs >= 1 && report.Equal == report.Runs, string.Join('\n', told));
        Assert.Equal(5, report.Killed + report.Asked);
    }

    [Fact]
    public void A_second_process_on_a_run_is_refused_with_the_first_ones_id_and_host()
    {
        string recipe = TinyRun.WriteRecipe(_folder.Path), run = _folder.File("run");
        string[] command = [.. TinyRun.Train(recipe, run), "--set", "phases[1].images=1000000"];
        Tool tool = Tool.Built();
        using ToolProcess first = tool.Start(_folder.File("first.log"), command);
        Assert.True(Says(first, "checkpoint at"), first.Output);

        using ToolProcess second = tool.Start(_folder.File("second.log"), command);
        Assert.Equal(ExitCode.Failed, second.Wait());
        Assert.Contains($"is being written by process {first.Process.Id} on {Environment.MachineName}", second.Output);

        // The lock goes with the process, however it goes.
        first.Process.Kill();
        first.Process.WaitForExit();
        using ToolProcess third = tool.Start(_folder.File("third.log"), command);
        Assert.True(Says(third, " images on."), third.Output);
    }

    [Fact]
    public void An_experiment_that_is_killed_goes_on_and_two_processes_share_its_runs()
    {
        string[] command = TinyExperiment.Command(TinyExperiment.Write(_folder.Path, images: 800), _folder.File("out"));
        Tool tool = Tool.Built();
        using ToolProcess killed = tool.Start(_folder.File("killed.log"), command);
        Assert.True(Says(killed, "checkpoint at"), killed.Output);
        killed.Process.Kill();
        killed.Process.WaitForExit();

        using ToolProcess first = tool.Start(_folder.File("first.log"), command);
        Assert.True(Says(first, " images on."), first.Output);
        using ToolProcess second = tool.Start(_folder.File("second.log"), command);
        int[] codes = [first.Wait(), second.Wait()];

        // Whoever was the last to finish has found everything done; the other one may have left a run to it.
        Assert.True(codes.Contains(ExitCode.Ok), first.Output + second.Output);
        Assert.DoesNotContain("psnr", Cli.Run(command).Succeeded());
        // Together: 2 runs × 2 moments × 2 numbers of steps, each once.
        Assert.Equal(8, (first.Output + second.Output).Split('\n').Count(line => line.Contains("psnr")));
    }

    [Fact]
    public void A_terminal_that_is_closed_costs_no_step()
    {
        Assert.SkipWhen(IgnoresHangUp(), "started by nohup, whose children do not hear of a closed terminal");
        string run = _folder.File("run");
        string[] command = [.. TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), run), "--set", "phases[1].images=1000000"];
        using ToolProcess tool = Tool.Built().Start(_folder.File("log"), command);
        Assert.True(Says(tool, "checkpoint at"), tool.Output);
        Tool.HangUp(tool.Process);
        Assert.Equal(ExitCode.Failed, tool.Wait());
        Assert.Contains("nothing is lost", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_request_to_end_is_not_made_to_wait_for_the_step()
    {
        // One step takes seconds, and there are many. Each is followed by a checkpoint, which is said however slow the machine is;
        // lines of progress are not.
        string[] slow = ["--set", "model.channels=96", "--set", "data.size=32", "--set", "optimizer.batch=128", "--set", "phases[0].images=12800"];
        string[] command = [.. TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run")), .. slow];
        using ToolProcess tool = Tool.Built().Start(_folder.File("log"), command);
        Assert.True(Says(tool, "checkpoint at 128 images"), tool.Output);
        Tool.Terminate(tool.Process);
        Assert.False(tool.Process.WaitForExit(200), tool.Output);
        Tool.Terminate(tool.Process);
        Assert.Equal(128 + 15, tool.Wait());
    }

    // The first bit of the signals that a process ignores is SIGHUP's; children inherit it.
    private static bool IgnoresHangUp()
    {
        const string Ignored = "SigIgn:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 1) != 0;
    }

    private static bool Says(ToolProcess tool, string text)
    {
        bool isSaid = false;
        return SpinWait.SpinUntil(() => (isSaid = tool.Output.Contains(text, StringComparison.Ordinal)) || tool.Process.HasExited, Patience)
            && isSaid;
    }
}
