using System.CommandLine;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Cli.Verbs;

/// <summary><c>train</c>: makes a run, or continues the same one if it was interrupted.</summary>
internal static class TrainVerb
{
    public static Verb Create(Terminal terminal)
    {
        var recipe = new Argument<string>("RECIPE")
        {
            Description = $"A recipe file, or a built-in recipe: {string.Join(", ", RecipeLibrary.Names)}",
        };
        var data = Parameters.Data();
        var validation = Parameters.Validation();
        var from = new Option<string?>("--from")
        {
            Description = "A model to go on from, a model file or run: its weights and sizes, and only the phases that follow structure",
            HelpName = "MODEL",
        };
        var folder = Parameters.RunFolder();
        var set = Parameters.Set("Change a value of the recipe");
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what the run would be, and write nothing" };
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var threads = Parameters.Threads();
        var verb = new Verb("train", "Trains a model by a recipe. The same command again continues a run that was interrupted.",
            "underpaint train two-phase --data photos.zip --set data.size=64")
        {
            recipe, data, validation, from, folder, set, dryRun, device, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            ModelDescription? start = parsed.GetValue(from) is { } model ? ModelFile.Describe(model) : null;
            Recipe resolved = RecipeLibrary.Load(parsed.GetValue(recipe)!, parsed.GetValue(set), start);
            using TrainingData images = TrainingData.Open(parsed.GetValue(data)!, parsed.GetValue(validation), resolved);
            if (parsed.GetValue(dryRun))
                return PreviewText.Write(terminal, RunPreview.Of(resolved, images));

            var chosen = ComputeDevice.Choose(parsed.GetValue(device)!, parsed.GetValue(precision)!, parsed.GetValue(threads));
            RunFolder where = RunStart.FindOrCreate(resolved, images.Path, images.ValidationPath, parsed.GetValue(folder), from: start);
            return TrainingSession.Run(terminal, where, images, chosen);
        });
        return verb;
    }
}
