using System.CommandLine;
using Spectre.Console;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Verbs;

/// <summary><c>demo</c>: a small run on the built-in images, for a first look.</summary>
internal static class DemoVerb
{
    private const string RecipeName = "demo";
    private const string Images = "ornaments:20000,32";

    public static Verb Create(Terminal terminal)
    {
        var folder = new Option<string?>("--out") { Description = "The run's own folder; without it a new one below runs/", HelpName = "DIR" };
        var device = Parameters.Device();
        var verb = new Verb("demo", "Trains a small model on built-in images within minutes, and writes a report with its reconstructions.", "underpaint demo")
        {
            folder, device,
        };
        verb.SetAction(parsed => Run(terminal, RecipeLibrary.Load(RecipeName), parsed.GetValue(folder), parsed.GetValue(device)!));
        return verb;
    }

    private static int Run(Terminal terminal, Recipe recipe, string? folder, string device)
    {
        long start = terminal.Time.GetTimestamp();
        terminal.WriteLine($"A small autoencoder now learns {Wording.Images(recipe.TotalImages)} of the built-in Ornaments, first their structure and then their "
            + "detail; on a laptop's processor this takes less than 5 minutes.");
        using TrainingData images = TrainingData.Open(Images, validationPath: null, recipe);
        using var run = new TrainingRun(
            RunStart.FindOrCreate(recipe, images.Path, images.ValidationPath, folder), images, ComputeDevice.Choose(device), terminal.Time);
        int code = TrainingSession.Run(terminal, run);
        if (code == ExitCode.Ok && RunMetrics.Read(run.Folder).Validations is [.., var last])
            WriteTable(terminal, last);
        return code;
    }

    private static void WriteTable(Terminal terminal, ValidationRecord last)
    {
        Table table = Tables.Create("on images never trained on", "PSNR", "SSIM");
        table.AddRow("structure image, 1 step", Wording.Decibels(last.StructurePsnr), Wording.Share(last.StructureSsim));
        table.AddRow($"reconstruction, {Wording.Steps(last.Steps)}", Wording.Decibels(last.Psnr), Wording.Share(last.Ssim));
        terminal.Out.Write(table);
    }
}
