using Spectre.Console;
using Underpaint.Cli.Progress;
using Underpaint.Data;
using Underpaint.Evaluation;

namespace Underpaint.Cli.Verbs;

/// <summary><c>evaluate</c>: how well a model reconstructs images.</summary>
internal static class EvaluateVerb
{
    private const int Extremes = 3;

    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var data = Parameters.Data();
        var limit = Parameters.Limit();
        var steps = Parameters.Steps();
        var solver = Parameters.Solver();
        var grid = Parameters.Grid();
        var exact = Parameters.Exact();
        var seed = Parameters.Seed();
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("evaluate",
            "Measures how well a model reconstructs images: PSNR and SSIM of each image, and their means.",
            "underpaint evaluate runs/0001-two-phase --data photos.zip --limit 1000")
        {
            model, data, limit, steps, solver, grid, exact, seed, json, device, precision,
        };
        verb.SetAction(parsed =>
        {
            using IImageSource source = ImageSources.Open(parsed.GetValue(data)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            EvaluationResult result = Evaluate(terminal, loaded, source, new()
            {
                Limit = parsed.GetValue(limit),
                Steps = parsed.GetValue(steps),
                Solver = DecodingWords.Solvers[parsed.GetValue(solver)!],
                Grid = DecodingWords.Grids[parsed.GetValue(grid)!],
                Exact = parsed.GetValue(exact),
                Seed = parsed.GetValue(seed),
            });
            if (parsed.GetValue(json))
                WriteJson(terminal, result, parsed.GetValue(model)!, source, loaded);
            else
                WriteText(terminal, result);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static EvaluationResult Evaluate(
        Terminal terminal, DiffusionAutoencoder model, IImageSource source, EvaluationOptions options)
    {
        EvaluationResult? result = null;
        CountedProgress.Watch(terminal, "evaluating", Math.Min(options.Limit ?? source.Count, source.Count), counted =>
            result = Evaluator.Run(model, source, options, _ => counted(), terminal.Stop));
        return result!;
    }

    private static void WriteJson(
        Terminal terminal, EvaluationResult result, string model, IImageSource source, DiffusionAutoencoder loaded) =>
        terminal.WriteJson(new
        {
            result.Psnr,
            result.Ssim,
            result.StructurePsnr,
            result.StructureSsim,
            Images = result.Scores.Count,
            result.Options.Steps,
            Solver = DecodingWords.Of(result.Options.Solver),
            Grid = DecodingWords.Of(result.Options.Grid),
            result.Options.Exact,
            Model = model,
            Data = source.Description,
            loaded.ImagesSeen,
            PerImage = result.Scores,
            Skipped = result.Skipped.Select(image => new { image.Name, image.Reason }),
        });

    private static void WriteText(Terminal terminal, EvaluationResult result)
    {
        SkippedList.Write(terminal, result.Skipped);
        Table table = FigureTable.Create($"mean over {Wording.Images(result.Scores.Count)}");
        table.AddFigures("structure image", result.StructurePsnr, result.StructureSsim);
        table.AddFigures($"reconstruction, {DecodingWords.Of(result.Options)}", result.Psnr, result.Ssim);
        ImageScore[] ordered = [.. result.Scores.OrderBy(score => score.Psnr)];
        if (ordered.Length > 2 * Extremes)
        {
            AddScores(table, "worst reconstructions", ordered[..Extremes]);
            AddScores(table, "best reconstructions", ordered[^Extremes..].Reverse());
        }
        else
            AddScores(table, "each reconstruction", ordered);
        terminal.Out.Write(table);
    }

    private static void AddScores(Table table, string title, IEnumerable<ImageScore> scores)
    {
        table.AddEmptyRow();
        table.AddRow(new Text(title, FigureTable.TitleStyle));
        foreach (ImageScore score in scores)
            table.AddFigures(Wording.OneLine(score.Name), score.Psnr, score.Ssim);
    }
}
