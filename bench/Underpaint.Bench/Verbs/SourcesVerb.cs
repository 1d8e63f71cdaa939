using System.CommandLine;
using System.Globalization;
using SkiaSharp;
using Spectre.Console;
using Underpaint.Bench.Sources;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;

namespace Underpaint.Bench.Verbs;

/// <summary><c>sources</c>: how fast the same images are read from each kind of source.</summary>
internal static class SourcesVerb
{
    private const int JpegQuality = 95;

    public static Command Create()
    {
        var size = Whole("--size", least: 8, "Width and height of the images in pixels", usual: 64);
        var images = Whole("--images", least: 1, "How many images there are", usual: 10_000);
        var rounds = Whole("--rounds", least: 1, "How often each source is read", usual: 5);
        var threads = Whole("--threads", least: 1, "How many threads read at once", Environment.ProcessorCount);
        var json = BenchOptions.Json();
        var verb = new Command("sources", "Reads the same JPEG images from a folder and from every kind of archive, in random order.")
        {
            size, images, rounds, threads, json,
        };
        verb.SetAction(parsed =>
        {
            int pixels = parsed.GetValue(size);
            DirectoryInfo folder = Directory.CreateTempSubdirectory("underpaint-sources-");
            try
            {
                SourceSpeed[] speeds = SourceSpeed.Measure(Encode(new Ornaments(parsed.GetValue(images), pixels)), folder.FullName,
                    new DataOptions { Size = pixels }, parsed.GetValue(threads), parsed.GetValue(rounds));
                if (parsed.GetValue(json))
                    Console.WriteLine(BenchJson.ToText(speeds));
                else
                    AnsiConsole.Write(TableOf(speeds));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return verb;
    }

    private static Option<int> Whole(string name, int least, string description, int usual) => BenchOptions.AtLeast(least, new Option<int>(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
    });

    private static byte[][] Encode(Ornaments ornaments)
    {
        var encoded = new byte[ornaments.Count][];
        Parallel.For(0, encoded.Length, i =>
        {
            PixelImage image = ornaments.Read(i);
            using var bitmap = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
            Span<byte> pixels = bitmap.GetPixelSpan();
            for (int at = 0; at < image.Width * image.Height; at++)
            {
                image.Pixels.AsSpan(at * 3, 3).CopyTo(pixels[(at * 4)..]);
                pixels[at * 4 + 3] = byte.MaxValue;
            }
            encoded[i] = bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality).ToArray();
        });
        return encoded;
    }

    private static Table TableOf(SourceSpeed[] speeds)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("source");
        foreach (string title in (string[])["MiB", "opens in ms", "images/s", "lowest", "highest", "ratio"])
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (SourceSpeed speed in speeds)
        {
            table.AddRow(speed.Name, Figure(speed.MiB, "0.0"), Figure(speed.OpenMilliseconds, "0.0"), Figure(speed.ImagesPerSecond, "#,0"),
                Figure(speed.Lowest, "#,0"), Figure(speed.Highest, "#,0"), Figure(speed.ImagesPerSecond / speeds[0].ImagesPerSecond, "0.00"));
        }
        return table;
    }

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
