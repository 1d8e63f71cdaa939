using System.Text.Json;

namespace Underpaint.Tests.Evaluation;

/// <summary>Image planes whose metrics were computed by reference programs: two pairs from formulas, three from a file.</summary>
internal static class GoldenImages
{
    public const int Size = 64;

    /// <summary>Pair 0 is an image and the same with a little noise; pair 1 is two different images. Values in [0, 1].</summary>
    public static (float[] A, float[] B) Pair(int pair)
    {
        float[] a = Formula(pair);
        float[] b = pair == 0 ? [.. a.Select((value, i) => (float)Math.Clamp(value + 0.1 * Noise(i, 40), -1, 1))] : Formula(2);
        return (ToUnit(a), ToUnit(b));
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

    private static float[] Formula(int b)
    {
        var planes = new float[3 * Size * Size];
        for (int i = 0; i < planes.Length; i++)
        {
            int c = i / (Size * Size), y = i / Size % Size, x = i % Size;
            planes[i] = (float)(0.5 * Math.Sin(0.4 * x + 0.9 * c + 1.7 * b) + 0.3 * Math.Cos(0.55 * y - 0.6 * c + 0.8 * b)
                + 0.2 * Math.Sin(0.03 * (x + 1) * (y + 1) + 1.1 * c - 0.5 * b));
        }
        return planes;
    }

    private static float Noise(int i, int q)
    {
        double[] frequencies = [0.7548776662466927, 1.9021605823562947, 2.6180339887498949, 3.3598856662431775];
        double[] phases = [0.3, 1.1, 2.3, 0.7];
        return (float)(0.7071067811865476 * frequencies.Zip(phases, (f, p) => Math.Sin(f * (i + 1) + p * (q + 1))).Sum());
    }

    private static float[] ToUnit(float[] values) => [.. values.Select(value => (value + 1) / 2)];
}
