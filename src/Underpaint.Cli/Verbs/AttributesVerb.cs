using System.CommandLine;
using Spectre.Console;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Codes.Attributes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Directions.Fitting;
using Underpaint.Codes.Files;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>attributes</c>: directions from labels.</summary>
internal static class AttributesVerb
{
    // The square of them must fit into memory.
    private const int MostExamples = 20_000;
    private static readonly DirectionOptions Defaults = new();

    public static Verb Create(Terminal terminal)
    {
        var files = Parameters.CodeFiles();
        var destination = new Option<string>("--out") { Description = "The directions file to write", HelpName = "FILE", Required = true };
        var labels = new Option<string?>("--labels")
        {
            Description = "A CSV (file, attributes …), a list in CelebA's form (or the folder or zip of CelebA beside it), or the ornaments that the codes are of; without it the images' classes",
            HelpName = "PATH",
        };
        var allowMissing = new Option<bool>("--allow-missing") { Description = "Leave out images without labels or class, and labels without an image" };
        var penalty = new Option<double>("--penalty")
        {
            Description = "Penalty of the squared weights: more of it makes directions of few examples steadier",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => Defaults.Penalty,
            CustomParser = result => Parameters.Number(result, isPositive: true),
        };
        var examples = new Option<int>("--curve-examples")
        {
            Description = "From how many images curves are learnt, at most; 0 for none. More are more exact; time grows with the cube, and the file with the number",
            HelpName = "N",
            DefaultValueFactory = _ => Defaults.CurveExamples,
        };
        examples.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 0 or > MostExamples)
                result.AddError($"--curve-examples must be a whole number from 0 to {MostExamples}.");
        });
        var seed = new Option<long>("--seed") { Description = "Seed of the choice of images to judge by", HelpName = "N" };
        var json = Parameters.Json();
        var verb = new Verb("attributes",
            "Finds the direction in which codes change with each attribute, and how well it is told from the code, on held-out images.",
            "underpaint attributes celeba.safetensors --labels list_attr_celeba.txt --out celeba-directions.safetensors")
        {
            files, destination, labels, allowMissing, penalty, examples, seed, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(destination)!;
            OutputFile.CheckFolder(path);
            DirectionSet.CheckDestination(path);
            using ICodeSource codes = CodeFile.OpenAll(parsed.GetValue(files)!);
            LabelledCodes data = Label(CodeTable.Load(codes), parsed.GetValue(labels), parsed.GetValue(allowMissing));
            var options = new DirectionOptions { Penalty = parsed.GetValue(penalty), CurveExamples = parsed.GetValue(examples), Seed = parsed.GetValue(seed) };
            var unfitted = new List<UnfittedDirection>();
            DirectionSet? directions = null;
            CountedProgress.Watch(terminal, "fitting", data.Attributes.Count, counted =>
                directions = DirectionFitter.Fit(data, options, unfitted, counted, terminal.Stop));
            directions!.Save(path);
            if (parsed.GetValue(json))
                WriteJson(terminal, directions, unfitted, path);
            else
                WriteText(terminal, directions, unfitted, path);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static LabelledCodes Label(CodeTable codes, string? labels, bool allowMissing)
    {
        if (labels is null)
            return LabelledCodes.FromClasses(codes, allowMissing);
        if (!ImageSources.IsBuiltIn(labels))
            return AttributeSheet.Read(labels).Match(codes, allowMissing);
        using IImageSource ornaments = ImageSources.Open(labels);
        return OrnamentAttributes.Of(codes, (Ornaments)ornaments);
    }

    private static void WriteJson(Terminal terminal, DirectionSet directions, IReadOnlyList<UnfittedDirection> unfitted, string path) => terminal.WriteJson(new
    {
        Path = path,
        directions.Model,
        Curves = directions.Curves is { } curves ? new { curves.Examples, curves.Explained } : null,
        Directions = directions.Directions.Select((direction, i) => new
        {
            direction.Name,
            direction.IsBinary,
            Unit = direction.EffectUnit,
            direction.ProbeUnit,
            direction.Examples,
            direction.Scores,
            direction.Explained,
            ToldByCurve = directions.Curves?.Told[i],
            direction.Warning,
        }),
        LeftOut = unfitted,
    });

    private static void WriteText(Terminal terminal, DirectionSet directions, IReadOnlyList<UnfittedDirection> unfitted, string path)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text("attribute", FigureTable.TitleStyle)).NoWrap());
        string[] ofCurves = directions.Curves is null ? [] : ["told"];
        foreach (string figure in (string[])["examples", "accuracy", "balanced", "AUROC", "precision", "R²", "unit", .. ofCurves])
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        foreach (var (i, direction) in directions.Directions.Index())
            table.AddRow(RowOf(direction, directions.Curves?.Told[i]));
        terminal.Out.Write(table);
        foreach (Direction direction in directions.Directions.Where(direction => direction.Warning is not null))
            terminal.WriteError($"warning: {Wording.OneLine(direction.Name)}: {direction.Warning}");
        foreach (UnfittedDirection attribute in unfitted)
            terminal.WriteError($"warning: {Wording.OneLine(attribute.Name)}: left out, {attribute.Reason}");
        if (directions.Curves is { } curves)
            terminal.WriteLine($"Curves of {Wording.Images(curves.Examples)}: attributes explain a share of {Wording.Share(curves.Explained)} of what held-out codes differ by.");
        terminal.WriteLine($"{Wording.Count(directions.Directions.Count, "direction")} in {path}");
    }

    private static IEnumerable<Text> RowOf(Direction direction, double? told) => ((string[])
    [
        Wording.OneLine(direction.Name),
        string.Join(" / ", direction.Examples.Select(count => Wording.Count(count))),
        Share(direction.Scores?.Accuracy),
        Share(direction.Scores?.BalancedAccuracy),
        Share(direction.Scores?.Auroc),
        Share(direction.Scores?.AveragePrecision),
        Share(direction.Explained),
        Wording.Share(direction.EffectUnit),
        .. told is { } share ? [Wording.Share(share)] : Array.Empty<string>(),
    ]).Select(text => new Text(text));

    private static string Share(double? share) => share is { } known ? Wording.Share(known) : "";
}
