#:project ../../src/Underpaint/Underpaint.csproj
#:property TorchBackend=none
// Makes ornaments.png, the picture of the built-in image set:  dotnet run docs/images/ornaments.cs
using System.Runtime.CompilerServices;
using SkiaSharp;
using Underpaint.Data.Synthetic;

const int Columns = 10, Rows = 4, Size = 80, Gap = 8;
using var ornaments = new Ornaments(Columns * Rows, Size);
using var sheet = new SKBitmap(Columns * (Size + Gap) - Gap, Rows * (Size + Gap) - Gap);
sheet.Erase(SKColors.White);
for (int i = 0; i < ornaments.Count; i++)
{
    byte[] rgb = ornaments.Read(i).Pixels;
    (int left, int top) = (i % Columns * (Size + Gap), i / Columns * (Size + Gap));
    for (int p = 0; p < Size * Size; p++)
        sheet.SetPixel(left + p % Size, top + p / Size, new SKColor(rgb[3 * p], rgb[3 * p + 1], rgb[3 * p + 2]));
}

using var file = File.Create(Path.Combine(Here(), "ornaments.png"));
sheet.PeekPixels().Encode(file, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 9));

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
