using Underpaint.Codes;

namespace Underpaint.Tests.Codes.Latents;

/// <summary>Codes of four numbers in two clusters: a latent model has something to learn that a Gaussian cannot.</summary>
internal static class SampleTable
{
    public const int CodeSize = 4;

    public static CodeTable Create(int count = 64, string? model = null)
    {
        var codes = new float[count * CodeSize];
        for (int i = 0; i < count; i++)
        {
            var random = new RandomSource(7, "codes", i);
            foreach (ref float value in codes.AsSpan(i * CodeSize, CodeSize))
                value = (i % 2 == 0 ? 3 : -1) + 0.2f * (float)random.NextGaussian();
        }
        return Of(codes, CodeSize, model ?? new string('a', 64), new string('b', 32));
    }

    public static CodeTable Of(float[] codes, int codeSize, string model, string fingerprint)
    {
        int count = codes.Length / codeSize;
        return new()
        {
            Path = "sample",
            Origin = new()
            {
                Model = model,
                CodeSize = codeSize,
                ImageSize = 16,
                Channels = 3,
                Data = "folder photos/",
                Fingerprint = fingerprint,
                Images = count,
                First = 0,
                End = count,
            },
            LabelNames = [],
            Rows = new()
            {
                Indices = [.. Enumerable.Range(0, count)],
                Files = [.. Enumerable.Range(0, count).Select(i => $"{i}.png")],
                Labels = [.. Enumerable.Repeat(-1, count)],
                Codes = codes,
            },
        };
    }
}
