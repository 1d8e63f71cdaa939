using System.CommandLine;
using Underpaint.Harness.Killing;
using Underpaint.Harness.Soaking;

namespace Underpaint.Harness.Verbs;

/// <summary><c>soak</c>: hours of training, disturbed and watched. Linux only.</summary>
internal static class SoakVerb
{
    private const double Mebi = 1 << 20;

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "About how long", DefaultValueFactory = _ => 120 };
        var between = new Option<double>("--between") { Description = "Minutes between two stops", DefaultValueFactory = _ => 5 };
        var folder = new Option<string>("--out")
        {
            Description = "A new folder for the runs, their logs and samples.csv",
            DefaultValueFactory = _ => "artifacts/soak",
        };
        var tool = new Option<string?>("--tool") { Description = "The tool; without it the one that was built with this program" };
        var verb = new Command("soak", "Trains for hours, twice: left alone, and read, stopped and resumed.") { minutes, between, folder, tool };
        verb.SetAction(parsed =>
        {
            string path = Directory.CreateDirectory(parsed.GetValue(folder)!).FullName;
            var soak = new Soak(parsed.GetValue(tool) is { } program ? new Tool(program) : Tool.Built(), path, Console.WriteLine);
            SoakReport report = soak.Run(TimeSpan.FromMinutes(parsed.GetValue(minutes)), TimeSpan.FromMinutes(parsed.GetValue(between)));
            return Write(report);
        });
        return verb;
    }

    private static int Write(SoakReport report)
    {
        Growth growth = report.Growth;
        Console.WriteLine($"Results {(report.IsEqual ? "equal" : "DIFFERENT")} after {report.ImagesSeen} images and {report.Stops} stops; "
            + $"{report.Readings} readings, {report.ReadingErrors.Count} with errors; "
            + $"memory {growth.EarlyBytes / Mebi:0} to {growth.LateBytes / Mebi:0} MiB, "
            + $"files {growth.EarlyFiles} to {growth.LateFiles}: {(growth.IsFlat ? "flat" : "GROWING")}.");
        foreach (string error in report.ReadingErrors.Distinct().Take(10))
            Console.WriteLine($"  {error}");
        return report.IsEqual && report.ReadingErrors.Count == 0 && growth.IsFlat ? 0 : 1;
    }
}
