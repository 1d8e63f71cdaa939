using System.CommandLine;
using System.Text.Json.Nodes;
using Underpaint.Cli.Progress;
using Underpaint.Data.Sources;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>evaluate</c>: how well a model reconstructs images.</summary>
internal static class EvaluateVerb
{
    private const int Extremes = 3;

    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var evaluation = new EvaluationParameters(images: null, StandardDecoding.Steps);
        Option<string?> scores = Parameters.Checked(new Option<string?>("--out")
        {
            Description = "Also write the figures of every image, as JSON lines or CSV by the file's ending",
            HelpName = "FILE",
        }, ScoreFile.CheckEnding);
        var json = Parameters.Json();
        var verb = new Verb("evaluate",
            "Measures how well a model reconstructs images that it never saw: likeness, structure, edges, detail. Every mean comes with its "
            + "95 % interval, every metric with its definition.",
            "underpaint evaluate runs/0001-two-phase --data held-out.zip --steps 1,5,20,100 --out scores.csv")
        {
            model, evaluation.Data, evaluation.Limit, evaluation.Steps, evaluation.Solvers, evaluation.Grid, evaluation.Exact, evaluation.Seed,
            evaluation.Weights, evaluation.Judge, evaluation.Probe, scores, json, evaluation.Device, evaluation.Precision,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            if (parsed.GetValue(scores) is { } file)
                OutputFile.CheckFolder(file);
            using JudgedImages images = JudgedImages.Open(path, parsed.GetValue(evaluation.Data));
            using var loaded = DiffusionAutoencoder.Load(path, parsed.GetValue(evaluation.Device)!, parsed.GetValue(evaluation.Precision)!);
            if (images.Warning is not null)
                terminal.WriteError($"warning: {Wording.OneLine(images.Warning)}");
            using ChosenMeasures measures = evaluation.MeasuresIn(parsed);
            EvaluationOptions options = evaluation.OptionsIn(parsed, measures);
            EvaluationResult result = Evaluate(terminal, loaded, images.Source, options);
            // Figures that took hours are shown before anything can go wrong with the file.
            if (parsed.GetValue(json))
                terminal.WriteJson(Json(result, path, loaded, images, options.Seed));
            else
                WriteText(terminal, result, images);
            if (parsed.GetValue(scores) is { } written)
                ScoreFile.Write(written, result);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static EvaluationResult Evaluate(
        Terminal terminal, DiffusionAutoencoder model, IImageSource source, EvaluationOptions options)
    {
        EvaluationResult? result = null;
        long images = Math.Min(options.Limit ?? source.Count, source.Count);
        CountedProgress.Watch(terminal, "evaluating", images * options.Decodings.Count, counted =>
            result = Evaluator.Run(model, source, options, counted, terminal.Stop));
        return result!;
    }

    private static JsonObject Json(EvaluationResult result, string model, DiffusionAutoencoder loaded, JudgedImages images, long seed)
    {
        var json = new JsonObject
        {
            ["model"] = model,
            ["imagesSeen"] = loaded.ImagesSeen,
            ["data"] = images.Source.Description,
            ["dataFingerprint"] = images.Source.Fingerprint(),
            ["heldOut"] = images.AreHeldOut,
            ["warning"] = images.Warning,
            ["seed"] = seed,
        };
        foreach (var (key, value) in EvaluationJson.Of(result))
            json[key] = value?.DeepClone();
        return json;
    }

    private static void WriteText(Terminal terminal, EvaluationResult result, JudgedImages images)
    {
        SkippedList.Write(terminal, result.Skipped);
        terminal.WriteLine($"{Wording.OneLine(images.Source.Description)}{(images.AreHeldOut ? ", held out of training" : "")}");
        EvaluationTable.Write(terminal, result);
        WriteExtremes(terminal, result);
        foreach (LeftOut left in result.LeftOut)
            terminal.WriteLine($"Left out: {left.Name}. {left.Reason}");
        EvaluationTable.WriteDefinitions(terminal, result.Definitions);
    }

    private static void WriteExtremes(Terminal terminal, EvaluationResult result)
    {
        DecodingResult last = result.Decodings[^1];
        string[] ordered =
        [
            .. result.Names.Select((name, i) => (Name: name, Figure: last.OfImage(i).First())).OrderBy(image => image.Figure.Metric.MeritOf(image.Figure.Value))
                .Select(image => $"{Wording.OneLine(image.Name)} {image.Figure.Metric.Format(image.Figure.Value)}"),
        ];
        if (ordered.Length <= 2 * Extremes)
            return;
        terminal.WriteLine($"By {last.Figures[0].Metric.Name} ({last.Decoding.Name}), worst: {string.Join(", ", ordered[..Extremes])}");
        terminal.WriteLine($"{"best:",10} {string.Join(", ", ordered[^Extremes..].Reverse())}\n");
    }
}
