using Spectre.Console;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Cli.Verbs;

/// <summary><c>demo</c>: a small run on the built-in images, for a first look.</summary>
internal static class DemoVerb
{
    private const string RecipeName = "demo";
    private const string Images = "ornaments:50000,16";

    public static Verb Create(Terminal terminal)
    {
        var folder = Parameters.RunFolder();
        var device = Parameters.Device();
        var verb = new Verb("demo",
            "Trains a small model on built-in images within minutes, and writes a report with its reconstructions.",
            "underpaint demo")
        {
            folder, device,
        };
        verb.SetAction(parsed =>
            Run(terminal, RecipeLibrary.Load(RecipeName), parsed.GetValue(folder), parsed.GetValue(device)!));
        return verb;
    }

    private static int Run(Terminal terminal, Recipe recipe, string? folder, string device)
    {
        terminal.WriteLine($"A small autoencoder now looks at {Wording.Images(recipe.TotalImages)} of the built-in Ornaments, "
            + "first for their structure and then for their detail; on a laptop's processor this takes less than 5 minutes.");
        using TrainingData images = TrainingData.Open(Images, validationPath: null, recipe);
        var chosen = ComputeDevice.Choose(device);
        RunFolder where = RunStart.FindOrCreate(recipe, images.Path, images.ValidationPath, folder);
        int code = TrainingSession.Run(terminal, where, images, chosen);
        if (code == ExitCode.Ok && RunMetrics.Read(where).Validations is [.., var last])
            WriteTable(terminal, last);
        return code;
    }

    private static void WriteTable(Terminal terminal, ValidationRecord last)
    {
        Table table = FigureTable.Create("on images never trained on");
        table.AddFigures("structure image, 1 step", last.StructurePsnr, last.StructureSsim);
        table.AddFigures($"reconstruction, {Wording.Steps(last.Steps)}", last.Psnr, last.Ssim);
        terminal.Out.Write(table);
    }
}
