using System.CommandLine;
using System.Diagnostics;
using Underpaint.Harness.Limits;

namespace Underpaint.Harness.Verbs;

/// <summary><c>limits</c>: what files at the declared limits cost.</summary>
internal static class LimitsVerb
{
    private const double Mebi = 1 << 20;

    public static Command Create()
    {
        var folder = new Option<string>("--out")
        {
            Description = "A folder for the files, about 1.7 GB; those that are there are used again",
            DefaultValueFactory = _ => "artifacts/limits",
        };
        var only = new Option<string>("--only") { Description = "Only files whose names hold this", DefaultValueFactory = _ => "" };
        var one = new Option<string?>("--one") { Description = "Reads one file that is there, in this process", Hidden = true };
        var verb = new Command("limits", "Reads images, archives and tables at the declared limits, and tells memory and processor time.") { folder, only, one };
        verb.SetAction(parsed =>
        {
            string path = Directory.CreateDirectory(parsed.GetValue(folder)!).FullName;
            bool isSound = true;
            foreach (LargeFile file in LargeImages.All.Concat(LargeArchives.All).Concat(LargeTables.All))
            {
                if (file.Name == parsed.GetValue(one))
                    Console.WriteLine(Measure(file, Path.Combine(path, file.Name)));
                else if (parsed.GetValue(one) is null && file.Name.Contains(parsed.GetValue(only)!))
                    isSound &= MeasureApart(file, path);
            }
            return isSound ? 0 : 1;
        });
        return verb;
    }

    // What made the file, or read the one before, must not have left memory that this one uses again.
    private static bool MeasureApart(LargeFile file, string folder)
    {
        string path = Path.Combine(folder, file.Name);
        if (!File.Exists(path))
            file.Write(path);
        using Process process = Process.Start(Environment.ProcessPath!, ["limits", "--out", folder, "--one", file.Name]);
        process.WaitForExit();
        if (process.ExitCode != 0)
            Console.Error.WriteLine($"{file.Name}: reading ended with exit code {process.ExitCode}");
        return process.ExitCode == 0;
    }

    private static string Measure(LargeFile file, string path)
    {
        var memory = new PeakMemory();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        string outcome = "read";
        try
        {
            file.Read(path);
        }
        catch (UnderpaintException e)
        {
            outcome = $"refused: {e.What}";
        }
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        return $"{file.Name,-28} {new FileInfo(path).Length / Mebi,6:0.0} MiB, {seconds,5:0.0} s, +{memory.Grown() / Mebi,4:0} MiB, {outcome}";
    }
}
