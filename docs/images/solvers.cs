#:project ../../src/Underpaint/Underpaint.csproj
// Prints how good reconstructions are after so many network calls, with every solver and time grid, and makes solvers.png of it:
//   dotnet run docs/images/solvers.cs -- DATA IMAGES MODEL...
// From random noise against the original, which favours blur and so few steps; against what many small steps lead to; and from each
// image's own stochastic code, found in 100 steps.
using System.Globalization;
using System.Runtime.CompilerServices;
using ScottPlot;
using SkiaSharp;
using Underpaint;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Evaluation.Metrics;

if (args.Length < 3 || !int.TryParse(args[1], out int limit) || limit < 1)
{
    Console.Error.WriteLine("usage: dotnet run docs/images/solvers.cs -- DATA IMAGES MODEL...");
    return 2;
}

int[] calls = [1, 2, 3, 5, 10, 20, 50];
(string Name, Solver Solver, LinePattern Line)[] solvers =
[
    ("DDIM", Solver.Ddim, LinePattern.Dotted),
    ("DPM-Solver++(2M)", Solver.DpmSolver, LinePattern.Solid),
];
(string Name, TimeGrid Grid, string Color)[] grids =
[
    ("uniform", TimeGrid.Uniform, "#8C7B6B"),
    ("quadratic", TimeGrid.Quadratic, "#B4532A"),
    ("log-SNR", TimeGrid.LogSnr, "#2F6DA8"),
];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Fonts.AddFontFile("Inter", Path.Combine(Here(), "../../src/Underpaint/Reports/Fonts/Inter-Regular.otf"));
Plot[][] rows = [.. args[2..].Select(Measure)];
rows[^1][^1].ShowLegend(Alignment.LowerRight);
Save(rows, width: 780, height: 560);
return 0;

Plot[] Measure(string path)
{
    Plot againstOriginal = new(), againstManySteps = new(), exact = new();
    using var model = DiffusionAutoencoder.Load(path);
    using var images = ImageBatch.Load(args[0], model.ImageSize, limit: limit);
    using CodeBatch codes = model.Encode(images);
    using StochasticCodeBatch own = model.Invert(images, codes);
    IReadOnlyList<PixelImage> originals = images.ToPixels(), converged = Decode(200, Solver.Ddim, TimeGrid.Uniform);
    Console.WriteLine($"\n{model.Recipe.Name}, {model.ImagesSeen} images seen; {images.Count} images\n");
    Console.WriteLine("| solver | grid | calls | PSNR | SSIM | PSNR against 200 calls of DDIM | PSNR from the image's own stochastic code |\n| --- | --- | --- | --- | --- | --- | --- |");
    foreach (var (solverName, solver, line) in solvers)
    {
        foreach (var (gridName, grid, color) in grids)
        {
            List<double> original = [], many = [], inverted = [];
            foreach (int steps in calls)
            {
                IReadOnlyList<PixelImage> few = Decode(steps, solver, grid);
                original.Add(Likeness(originals, few));
                many.Add(Likeness(converged, few));
                inverted.Add(Likeness(originals, Decode(steps, solver, grid, own)));
                double ssim = originals.Zip(few, StructuralSimilarity.Of).Average();
                Console.WriteLine($"| {solverName} | {gridName} | {steps} | {original[^1]:0.00} | {ssim:0.000} | {many[^1]:0.00} | {inverted[^1]:0.00} |");
            }
            Draw(againstOriginal, original, "", Color.FromHex(color), line);
            Draw(againstManySteps, many, "", Color.FromHex(color), line);
            Draw(exact, inverted, $"{solverName}, {gridName}", Color.FromHex(color), line);
        }
    }
    Label(againstOriginal, $"{model.Recipe.Name}: against the original");
    Label(againstManySteps, $"{model.Recipe.Name}: against 200 calls of DDIM");
    Label(exact, $"{model.Recipe.Name}: from the image's own stochastic code");
    return [againstOriginal, againstManySteps, exact];

    IReadOnlyList<PixelImage> Decode(int steps, Solver solver, TimeGrid grid, StochasticCodeBatch? start = null)
    {
        using ImageBatch pictures = model.Decode(codes, steps, start: start, solver: solver, grid: grid);
        return pictures.ToPixels();
    }
}

static double Likeness(IReadOnlyList<PixelImage> a, IReadOnlyList<PixelImage> b) => PeakSignalToNoise.Mean(a.Zip(b, PeakSignalToNoise.Of));

void Draw(Plot plot, List<double> decibels, string name, Color color, LinePattern pattern)
{
    var line = plot.Add.Scatter([.. calls.Select(count => Math.Log2(count))], decibels.ToArray(), color);
    (line.LegendText, line.LineWidth, line.LinePattern, line.MarkerSize) = (name, 2.5f, pattern, 6);
}

void Label(Plot plot, string title)
{
    plot.ScaleFactor = 1.5;
    plot.Title(title, size: 14);
    plot.XLabel("network calls");
    plot.YLabel("PSNR, dB");
    plot.Axes.Bottom.SetTicks([.. calls.Select(count => Math.Log2(count))], [.. calls.Select(count => $"{count}")]);
    plot.HideGrid();
    plot.HideLegend();
    plot.Font.Set("Inter");
    (plot.Legend.FontName, plot.Legend.FontSize, plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = ("Inter", 10, 0, Colors.Transparent);
}

static void Save(Plot[][] rows, int width, int height)
{
    using var sheet = new SKBitmap(width * rows[0].Length, height * rows.Length);
    using var canvas = new SKCanvas(sheet);
    for (int row = 0; row < rows.Length; row++)
    {
        for (int column = 0; column < rows[row].Length; column++)
        {
            using SKBitmap picture = SKBitmap.Decode(rows[row][column].GetImageBytes(width, height, ImageFormat.Png));
            canvas.DrawBitmap(picture, column * width, row * height, SKSamplingOptions.Default);
        }
    }
    using var file = File.Create(Path.Combine(Here(), "solvers.png"));
    sheet.PeekPixels().Encode(file, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 9));
}

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
