using System.CommandLine;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>resume</c>: continues a run that was interrupted.</summary>
internal static class ResumeVerb
{
    public static Verb Create(Terminal terminal)
    {
        var path = Parameters.Run();
        var data = Moved("--data", "The same images, if they are now at another path");
        var validation = Moved("--validation", "The same validation images, if they are now at another path");
        var set = Parameters.Set("Change a value of the recipe from here on, such as optimizer.learningRate");
        var device = Parameters.Device();
        device.Description = "Where to compute; auto is where the run did, if that works here";
        var precision = Parameters.Precision();
        precision.Description = "Type of the activations; auto is the run's own";
        var threads = Parameters.Threads();
        threads.Description = "CPU threads to compute with; without it as many as before, so that the run goes on exactly";
        var verb = new Verb("resume", "Continues a run from its last checkpoint.", "underpaint resume runs/0001-two-phase")
        {
            path, data, validation, set, device, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            RunFolder folder = RunFolder.Open(parsed.GetValue(path)!);
            if (parsed.GetValue(set) is { Length: > 0 } settings)
                RecipeAmendment.Apply(folder, settings);
            // Its images may be gone.
            if (RunStart.IsFinished(folder, RunStart.ReadRecipe(folder)))
                return TrainingSession.WriteComplete(terminal, folder);
            using TrainingData images = RunStart.ReopenData(folder, parsed.GetValue(data), parsed.GetValue(validation));
            var chosen = RunStart.ReopenDevice(folder, parsed.GetValue(device)!, parsed.GetValue(precision)!, parsed.GetValue(threads));
            return TrainingSession.Run(terminal, folder, images, chosen);
        });
        return verb;
    }

    private static Option<string?> Moved(string name, string description) =>
        new(name) { Description = description, HelpName = "PATH" };
}
