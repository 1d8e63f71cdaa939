#:project ../../src/Underpaint/Underpaint.csproj
// Draws the same images as several models reconstruct them, from the code alone, in more and more network calls:
//   dotnet run docs/images/side-by-side.cs -- cifar10.png DATA MODEL...
using System.Runtime.CompilerServices;
using Underpaint;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Diffusion;
using Underpaint.Reports;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: dotnet run docs/images/side-by-side.cs -- NAME.png DATA MODEL...");
    return 2;
}

const int Count = 6;
int[] steps = [1, 5, 20, 100];
using IImageSource source = ImageSources.Open(args[1]);
List<string> titles = ["original"];
List<IReadOnlyList<PixelImage>> columns = [];
foreach (string path in args[2..])
{
    using var model = DiffusionAutoencoder.Load(path);
    using ImageBatch images = ImageBatch.From(PixelBatch.Load(source, [.. Enumerable.Range(0, Count)], model.Recipe.Data));
    using CodeBatch codes = model.Encode(images);
    if (columns.Count == 0)
        columns.Add(images.ToPixels());
    foreach (int count in steps)
    {
        using ImageBatch decoded = model.Decode(codes, count, solver: Solver.Ddim, grid: TimeGrid.Uniform);
        columns.Add(decoded.ToPixels());
        titles.Add(count == steps[0] ? $"{model.Recipe.Name}: 1" : $"{count}");
    }
}
var grid = new PictureGrid
{
    Columns = titles,
    Rows = [.. Enumerable.Range(0, Count).Select(i => new PictureRow("", [.. columns.Select(column => new PictureCell(column[i]))]))],
};
File.WriteAllBytes(Path.Combine(Here(), args[0]), grid.ToPng());
return 0;

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
