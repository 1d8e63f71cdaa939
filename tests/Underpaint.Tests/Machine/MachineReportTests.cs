using Underpaint.Machine;

namespace Underpaint.Tests.Machine;

public sealed class MachineReportTests
{
    [Fact]
    public void A_machine_that_runs_these_tests_is_usable()
    {
        MachineReport report = MachineReport.Of(Path.GetTempPath());
        Assert.True(report.IsUsable);
        Assert.Contains("loads", report.Checks.Single(check => check.Name == "libtorch").Value);
    }

    [Fact]
    public void It_says_whether_TorchSharp_was_mended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux, where it must be");
        Assert.StartsWith("mended; this system's C++ library",
            MachineReport.Of(Path.GetTempPath()).Checks.Single(check => check.Name == "TorchSharp").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_draws_convolves_and_is_read_back_is_tried_out_without_a_word() => Assert.Null(MachineReport.TryOut(TorchSharp.torch.CPU));

    [Fact]
    public void Only_what_is_needed_makes_a_machine_unusable()
    {
        Assert.True(new MachineReport([new("disk", "0.1 GiB", "Free some space.")]).IsUsable);
        Assert.False(new MachineReport([new("libtorch", "is missing", "Build it in.", IsNeeded: true)]).IsUsable);
    }
}
