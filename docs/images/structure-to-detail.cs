#:project ../../src/Underpaint/Underpaint.csproj
// Makes structure-to-detail.png: ornaments that a model was not trained on, decoded in more and more steps:
//   dotnet run docs/images/structure-to-detail.cs -- MODEL
using System.Runtime.CompilerServices;
using Underpaint;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Reports;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run docs/images/structure-to-detail.cs -- MODEL");
    return 2;
}

const int Count = 5;
int[] steps = [1, 2, 5, 20];
using var model = DiffusionAutoencoder.Load(args[0]);
using var source = new Ornaments(Count, model.ImageSize, seed: 11);
using ImageBatch images = ImageBatch.From(PixelBatch.Load(source, [.. Enumerable.Range(0, Count)], model.Recipe.Data));
using CodeBatch codes = model.Encode(images);
IReadOnlyList<PixelImage>[] columns = [images.ToPixels(), .. steps.Select(Decode)];
var grid = new PictureGrid
{
    Columns = ["original", "1 step: structure", .. steps[1..].Select(count => $"{count} steps")],
    Rows = [.. Enumerable.Range(0, Count).Select(i => new PictureRow("", [.. columns.Select(column => new PictureCell(column[i]))]))],
};
File.WriteAllBytes(Path.Combine(Here(), "structure-to-detail.png"), grid.ToPng());
return 0;

IReadOnlyList<PixelImage> Decode(int count)
{
    using ImageBatch decoded = model.Decode(codes, count, solver: Solver.Ddim, grid: TimeGrid.Uniform);
    return decoded.ToPixels();
}

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
