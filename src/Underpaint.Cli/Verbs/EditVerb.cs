using System.CommandLine;
using System.Globalization;
using Underpaint.Cli.Progress;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Editing;
using Underpaint.Data.Sources;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>edit</c>: images moved along attributes.</summary>
internal static class EditVerb
{
    private const string DefaultMultiples = "-1,-0.5,0,0.5,1";

    public static Verb Create(Terminal terminal)
    {
        var editing = new EditingParameters();
        var moves = new Option<string[]>("--move")
        {
            Description = "An attribute, and how far in units of its direction (default 1); given several times, all are moved at once",
            HelpName = "NAME[=STRENGTH]",
            Required = true,
        };
        var multiples = Parameters.Checked<string>(new("--at")
        {
            Description = "What the strengths are multiplied with, one picture for each",
            HelpName = "NUMBERS",
            DefaultValueFactory = _ => DefaultMultiples,
        }, text => ParseMultiples(text));
        var folder = new Option<string>("--out") { Description = "Where the strips go", HelpName = "DIR", Required = true };
        var verb = new Verb("edit",
            "Moves images along attributes, and shows each move side by side; what the code does not say stays as it is.",
            "underpaint edit runs/0001-two-phase face.jpg --directions celeba-directions.safetensors --move Smiling --out smiles")
        {
            editing.Model, editing.Images, editing.Directions, moves, multiples, editing.Along, folder,
            editing.Decoding.Steps, editing.InversionSteps, editing.Decoding.Solver, editing.Decoding.Grid, editing.Device, editing.Precision,
        };
        verb.SetAction(parsed =>
        {
            var options = new EditOptions
            {
                Moves = [.. parsed.GetValue(moves)!.Select(CodeMove.Parse)],
                Multiples = ParseMultiples(parsed.GetValue(multiples)!),
                Along = editing.KindIn(parsed),
                InversionSteps = parsed.GetValue(editing.InversionSteps),
                Decoding = editing.Decoding.OptionsIn(parsed),
            };
            using EditingSubject subject = editing.Open(parsed);
            return Run(terminal, subject, parsed.GetValue(folder)!, options);
        });
        return verb;
    }

    private static int Run(Terminal terminal, EditingSubject subject, string folder, EditOptions options)
    {
        foreach (CodeMove move in options.Moves)
        {
            if (subject.Directions.WarningOf(move.Name, options.Along) is { } warning)
                terminal.WriteError($"warning: {Wording.OneLine(move.Name)}: {warning}");
        }
        var skipped = new List<SkippedImage>();
        IEnumerable<EditedImage> edited = ImageEditor.Run(subject.Model, subject.Images, subject.Directions, options, skipped, terminal.Stop);
        var strips = new EditFolder(folder, options);
        CountedProgress.Watch(terminal, "editing", subject.Images.Count, counted =>
        {
            foreach (EditedImage image in edited)
            {
                strips.Add(image);
                counted();
            }
        });
        strips.Finish();
        SkippedList.Write(terminal, skipped);
        terminal.WriteLine($"{Wording.Images(strips.Count)} edited in {Wording.Steps(options.Decoding.Steps)}. Side by side:");
        foreach (string sheet in strips.Sheets)
            terminal.WriteLine(sheet);
        return ExitCode.Ok;
    }

    private static double[] ParseMultiples(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw new UnderpaintException($"\"{text}\" is no list of numbers.", $"Write numbers between commas, such as --at {DefaultMultiples}.");
        }
        return numbers;
    }
}
