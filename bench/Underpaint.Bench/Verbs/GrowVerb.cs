using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Underpaint.Runs;

namespace Underpaint.Bench.Verbs;

/// <summary><c>grow</c>: how the cost of training grows with the images' size, and with the batch.</summary>
internal static class GrowVerb
{
    public static Command Create()
    {
        var sizes = Numbers("--sizes", least: 8, "Image sizes in pixels, with the first of the batches", 32, 64, 128);
        var batches = Numbers("--batches", least: 1, "Images per training step, at the first of the sizes", 8, 16, 32, 64);
        var precision = BenchOptions.Precision();
        var seconds = BenchOptions.Seconds();
        var threads = BenchOptions.Threads();
        var json = BenchOptions.Json();
        var verb = new Command("grow", "Measures our training at several image sizes, and at several batches, with model cifar32.")
        {
            sizes, batches, precision, seconds, threads, json,
        };
        verb.SetAction(parsed =>
        {
            string[] shared =
            [
                "--measure", "train", "--precision", parsed.GetValue(precision)!, "--seconds", $"{parsed.GetValue(seconds)}",
                .. parsed.GetValue(threads) is { } count ? (string[])["--threads", $"{count}"] : [],
            ];
            int[] pixels = parsed.GetValue(sizes)!, images = parsed.GetValue(batches)!;
            SpeedResult[] results =
            [
                .. pixels.Select(size => Train(size, images[0], shared)),
                .. images.Skip(1).Select(batch => Train(pixels[0], batch, shared)),
            ];
            if (parsed.GetValue(json))
                Console.WriteLine(BenchJson.ToText(results));
            else
                AnsiConsole.Write(TableOf(results));
        });
        return verb;
    }

    private static Option<int[]> Numbers(string name, int least, string description, params int[] usual) =>
        BenchOptions.AtLeast(least, new Option<int[]>(name)
        {
            Description = description,
            HelpName = "N",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => usual,
        });

    private static SpeedResult Train(int size, int batch, string[] options) =>
        BenchJson.Parse<SpeedResult>(ChildProcess.Run(["side", "ours", "--size", $"{size}", "--batch", $"{batch}", .. options]));

    private static Table TableOf(SpeedResult[] results)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string title in (string[])["pixels", "batch", "images/s", "megapixels/s", "peak MiB"])
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (SpeedResult result in results)
        {
            double speed = result.TrainImagesPerSecond!.Value, pixels = result.ImageSize * result.ImageSize;
            table.AddRow($"{result.ImageSize}×{result.ImageSize}", $"{result.TrainBatch}", Figure(speed, "0.0"),
                Figure(speed * pixels / 1e6, "0.000"), Figure(result.PeakResidentMiB, "#,0"));
        }
        return table;
    }

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
