using System.Text.Json;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation;

/// <summary>Image planes whose metrics were computed by reference programs: four pairs from formulas, three from a file.</summary>
internal static class GoldenImages
{
    public const int Size = 64;
    public const int LargeSize = 192;

    /// <summary>Pair 0 is an image and the same with a little noise; pair 1 is two different images. Values in [0, 1].</summary>
    public static (float[] A, float[] B) Pair(int pair)
    {
        float[] a = Formulas.Image(1, Size, first: pair);
        return (ToUnit(a), ToUnit(pair == 0 ? Noisy(a, 0.1, q: 40) : Formulas.Image(1, Size, first: 2)));
    }

    /// <summary>Pair 0 is an image and the same with noise; pair 1 an image and the same moved by one pixel. Values in [0, 1].</summary>
    public static (float[] A, float[] B) LargePair(int pair)
    {
        float[] a = Formulas.Image(1, LargeSize, first: pair == 0 ? 0 : 3);
        return (ToUnit(a), ToUnit(pair == 0 ? Noisy(a, 0.2, q: 41) : RolledAlongX(a, LargeSize)));
    }

    /// <summary>The luma of RGB planes.</summary>
    public static float[] Luma(float[] planes)
    {
        int area = planes.Length / 3;
        return [.. Enumerable.Range(0, area).Select(i =>
            (float)(0.299 * planes[i] + 0.587 * planes[area + i] + 0.114 * planes[2 * area + i]))];
    }

    /// <summary>Two images and their figures by the official Diff-AE code, one for each of three pairs. Values in [0, 1].</summary>
    public static (float[] A, float[] B, float Mse, float Psnr, float Ssim)[] OfficialPairs()
    {
        Dictionary<string, float[]> tensors = ReadTensors(SharedFiles.Path("golden", "diffae", "misc", "misc.safetensors"));
        const int Values = 3 * 32 * 32;
        return [.. Enumerable.Range(0, 3).Select(n => (
            ToUnit(tensors["img1"][(n * Values)..((n + 1) * Values)]), ToUnit(tensors["img2"][(n * Values)..((n + 1) * Values)]),
            tensors["mse"][n], tensors["psnr"][n], tensors["ssim"][n]))];
    }

    private static Dictionary<string, float[]> ReadTensors(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int start = 8 + (int)BitConverter.ToInt64(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject()
            .Where(tensor => tensor.Value.TryGetProperty("dtype", out JsonElement type) && type.GetString() == "F32")
            .ToDictionary(tensor => tensor.Name, tensor =>
            {
                int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
                var values = new float[(offsets[1] - offsets[0]) / sizeof(float)];
                Buffer.BlockCopy(file, start + offsets[0], values, 0, offsets[1] - offsets[0]);
                return values;
            });
    }

    private static float[] Noisy(float[] image, double amplitude, int q) =>
        [.. image.Zip(Formulas.Noise(image.Length, q), (value, noise) => (float)Math.Clamp(value + amplitude * noise, -1, 1))];

    private static float[] RolledAlongX(float[] planes, int width) =>
        [.. planes.Select((_, i) => planes[i / width * width + (i + width - 1) % width])];

    private static float[] ToUnit(float[] values) => [.. values.Select(value => (value + 1) / 2)];
}
