#:project ../../src/Underpaint/Underpaint.csproj
#:property PublishAot=false
// (Programs of one file are else made ready for compilation ahead of time, without what reads the JSON of code files and latent models.)
// Makes edits.png, between.png and samples.png: what is done with the codes of ornaments, by a run of experiments/ornaments.json that experiments/ornaments-codes.sh has looked at:
//   dotnet run docs/images/codes.cs -- results/ornaments/runs/two-phase-0
using System.Runtime.CompilerServices;
using Underpaint;
using Underpaint.Codes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Editing;
using Underpaint.Codes.Files;
using Underpaint.Codes.Interpolations;
using Underpaint.Codes.Latents;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Reports;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run docs/images/codes.cs -- RUN");
    return 2;
}

const int Rows = 5, Between = 9, PerRow = 12;
string codes = Path.Combine(args[0], "codes");
using var model = DiffusionAutoencoder.Load(args[0]);
using var ornaments = new Ornaments(2 * Rows, model.ImageSize, seed: 6);
using var shown = new SubsetSource(ornaments, [.. Enumerable.Range(0, Rows)]);
WriteEdits();
WriteBetween();
WriteSamples();
return 0;

void WriteEdits()
{
    DirectionSet directions = DirectionSet.Load(Path.Combine(codes, "directions.safetensors"));
    (string Title, string Name, double Strength, DirectionKind Along)[] moves =
    [
        ("as it is", "x", 0, DirectionKind.Curve), ("star", "shape=star", 1, DirectionKind.Curve), ("ring", "shape=ring", 1, DirectionKind.Curve),
        ("ring, straight", "shape=ring", 1, DirectionKind.Effect), ("x + 1", "x", 1, DirectionKind.Curve), ("x + 1, straight", "x", 1, DirectionKind.Effect),
        ("size + 1", "size", 1, DirectionKind.Curve), ("towards red", "hue-cos", 1, DirectionKind.Curve), ("paler", "background-tone", 1, DirectionKind.Curve),
    ];
    EditedImage[][] columns = [.. moves.Select(move => ImageEditor.Run(model, shown, directions,
        new() { Moves = [new(move.Name, move.Strength)], Multiples = [1], Along = move.Along }, []).ToArray())];
    Write("edits.png", ["original", .. moves.Select(move => move.Title)],
        Enumerable.Range(0, Rows).Select(i => columns.Select(column => column[i].Pictures[0]).Prepend(columns[0][i].Original)));
}

void WriteBetween()
{
    InterpolationResult[] ways = [.. Enumerable.Range(0, Rows).Select(i => Interpolator.Run(model, ornaments, i, Rows + i, new() { Frames = Between }))];
    Write("between.png", ["one", .. Enumerable.Range(0, Between).Select(_ => ""), "other"], ways.Select(way => way.Frames.Prepend(way.From).Append(way.To)));
}

void WriteSamples()
{
    using ICodeSource file = CodeFile.Open(Path.Combine(codes, "codes.safetensors"));
    using LatentModel latent = LatentModel.Load(Path.Combine(codes, "latent.safetensors"));
    ICodeSampler[] samplers = [latent, GaussianCodes.Fit(CodeTable.Load(file))];
    var grid = new PictureGrid
    {
        Rows = [.. samplers.SelectMany((sampler, i) => ImageSampler.Run(model, sampler, 2 * PerRow, new()).Chunk(PerRow)
            .Select((row, part) => new PictureRow(part > 0 ? "" : i == 0 ? "latent model" : "Gaussian", [.. row.Select(sample => new PictureCell(sample.Image))])))],
    };
    File.WriteAllBytes(Path.Combine(Here(), "samples.png"), grid.ToPng());
}

static void Write(string name, IReadOnlyList<string> columns, IEnumerable<IEnumerable<PixelImage>> rows)
{
    var grid = new PictureGrid { Columns = columns, Rows = [.. rows.Select(row => new PictureRow("", [.. row.Select(image => new PictureCell(image))]))] };
    File.WriteAllBytes(Path.Combine(Here(), name), grid.ToPng());
}

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
