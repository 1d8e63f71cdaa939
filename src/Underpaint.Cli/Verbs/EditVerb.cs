using System.CommandLine;
using System.Globalization;
using Underpaint.Cli.Progress;
using Underpaint.Codes.Directions;
using Underpaint.Data;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>edit</c>: images moved along attributes.</summary>
internal static class EditVerb
{
    private const string DefaultMultiples = "-1,-0.5,0,0.5,1";

    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var images = Parameters.Images();
        var directions = Parameters.Directions();
        var moves = new Option<string[]>("--move")
        {
            Description = "An attribute, and how far in units of its direction (default 1); given several times, all are moved at once",
            HelpName = "NAME[=STRENGTH]",
            Required = true,
        };
        var multiples = new Option<string>("--at")
        {
            Description = "What the strengths are multiplied with, one picture for each",
            HelpName = "NUMBERS",
            DefaultValueFactory = _ => DefaultMultiples,
        };
        var along = Parameters.Along();
        var folder = new Option<string>("--out") { Description = "Where the strips go", HelpName = "DIR", Required = true };
        var decoding = new DecodingParameters();
        var inversionSteps = Parameters.InversionSteps();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("edit",
            "Moves images along attributes, and shows each move side by side; what the code does not say stays as it is.",
            "underpaint edit runs/0001-two-phase face.jpg --directions celeba-directions.safetensors --move Smiling --out smiles")
        {
            model, images, directions, moves, multiples, along, folder, decoding.Steps, inversionSteps, decoding.Solver, decoding.Grid, device, precision,
        };
        verb.SetAction(parsed =>
        {
            var options = new EditOptions
            {
                Moves = [.. parsed.GetValue(moves)!.Select(CodeMove.Parse)],
                Multiples = ParseMultiples(parsed.GetValue(multiples)!),
                Along = Parameters.KindOf(parsed.GetValue(along)!),
                InversionSteps = parsed.GetValue(inversionSteps),
                Decoding = decoding.OptionsIn(parsed),
            };
            using IImageSource source = ImageSources.OpenAll(parsed.GetValue(images)!);
            DirectionSet set = DirectionSet.Load(parsed.GetValue(directions)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            set.Check(loaded.Identity, parsed.GetValue(directions)!);
            return Run(terminal, loaded, source, set, parsed.GetValue(folder)!, options);
        });
        return verb;
    }

    private static int Run(
        Terminal terminal, DiffusionAutoencoder model, IImageSource source, DirectionSet directions, string folder, EditOptions options)
    {
        var skipped = new List<SkippedImage>();
        IEnumerable<EditedImage> edited = ImageEditor.Run(model, source, directions, options, skipped, terminal.Stop);
        var strips = new EditFolder(folder, options);
        CountedProgress.Watch(terminal, "editing", source.Count, counted =>
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
