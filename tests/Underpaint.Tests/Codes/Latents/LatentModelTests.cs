using Underpaint.Codes;
using Underpaint.Codes.Latents;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Codes.Latents;

public sealed class LatentModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_codes_lie_in_the_clusters_that_were_learnt_where_a_Gaussian_s_lie_between_them()
    {
        CodeTable codes = SampleTable.Create();
        using LatentModel model = LatentModel.Load(Train(codes, images: 64 * 1500), "cpu", steps: 50);
        double ofLatent = Between(model.Draw(200)), ofGaussian = Between(GaussianCodes.Fit(codes).Draw(200));
        Assert.True(ofLatent < 0.1, $"{ofLatent}");
        Assert.True(ofGaussian > 0.3, $"{ofGaussian}");

        // The share of numbers that are far from both clusters, which are 0.2 wide.
        static double Between(float[] drawn) => drawn.Average(value => Math.Min(Math.Abs(value - 3), Math.Abs(value + 1)) > 0.8 ? 1.0 : 0.0);
    }

    [Fact]
    public void A_code_depends_on_the_seed_and_its_number_only()
    {
        using LatentModel model = LatentModel.Load(Train(SampleTable.Create(), images: 64), "cpu", steps: 5);
        float[] all = model.Draw(6, seed: 3);
        Assert.Equal(all[(4 * SampleTable.CodeSize)..], model.Draw(2, seed: 3, first: 4), Near);
        Assert.NotEqual(all, model.Draw(6, seed: 4));
        GaussianCodes gaussian = GaussianCodes.Fit(SampleTable.Create());
        Assert.Equal(gaussian.Draw(6)[(4 * SampleTable.CodeSize)..], gaussian.Draw(2, first: 4));

        static bool Near(float a, float b) => MathF.Abs(a - b) < 1e-4f;
    }

    [Fact]
    public void Threads_that_share_a_model_draw_what_each_would_draw_alone()
    {
        using LatentModel model = LatentModel.Load(Train(SampleTable.Create(), images: 64), "cpu", steps: 5);
        float[][] alone = [.. Enumerable.Range(0, 4).Select(seed => model.Draw(300, seed))], together = new float[4][];
        Parallel.For(0, 4, seed => together[seed] = model.Draw(300, seed));
        Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First, pair.Second, (a, b) => MathF.Abs(a - b) < 1e-4f));
    }

    [Fact]
    public void Numbers_of_steps_that_there_cannot_be_are_refused_at_once()
    {
        string path = Train(SampleTable.Create(), images: 64);
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentModel.Load(path, "cpu", steps: 0));
        Assert.Contains("1000 noise levels", Assert.Throws<UnderpaintException>(() => LatentModel.Load(path, "cpu", steps: 1001)).Message);
    }

    [Fact]
    public void A_number_that_never_changes_stays_as_it_is()
    {
        CodeTable codes = SampleTable.Of([1, 5, 2, 5, 3, 5, 0, 5], codeSize: 2, new string('a', 64), "");
        using LatentModel model = LatentModel.Load(Train(codes, images: 64), "cpu", steps: 5);
        Assert.All(model.Draw(3).Chunk(2), code => Assert.Equal(5, code[1]));
        Assert.All(GaussianCodes.Fit(codes).Draw(3).Chunk(2), code => Assert.Equal(5, code[1], 1e-5));
    }

    [Fact]
    public void A_Gaussian_has_the_mean_and_the_covariance_of_its_codes()
    {
        CodeTable codes = SampleTable.Of([.. Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? i % 7 : 2f * ((i - 1) % 7) + i % 5)], 2, new string('a', 64), "");
        float[] drawn = GaussianCodes.Fit(codes).Draw(20_000);
        double[] expected = Moments(codes.Rows.Codes), actual = Moments(drawn);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.03 * Math.Abs(pair.First) + 0.1));

        static double[] Moments(float[] codes)
        {
            float[][] pairs = [.. codes.Chunk(2)];
            double x = pairs.Average(pair => pair[0]), y = pairs.Average(pair => pair[1]);
            return [x, y, pairs.Average(pair => (pair[0] - x) * (pair[0] - x)), pairs.Average(pair => (pair[0] - x) * (pair[1] - y)), pairs.Average(pair => (pair[1] - y) * (pair[1] - y))];
        }
    }

    [Fact]
    public void A_damaged_file_and_one_of_something_else_are_refused()
    {
        string path = Train(SampleTable.Create(), images: 64);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("checksum", Assert.Throws<FileFormatException>(() => LatentModel.Load(path, "cpu")).What, StringComparison.Ordinal);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, []));
        Assert.Contains("is no latent model", Assert.Throws<FileFormatException>(() => LatentModel.Load(path, "cpu")).What, StringComparison.Ordinal);
    }

    private string Train(CodeTable codes, long images)
    {
        string path = _folder.File("latent.safetensors");
        using var run = new LatentRun(path, codes, new()
        {
            Images = images,
            Network = new() { Width = 32, Layers = 4 },
            Optimizer = new() { LearningRate = 2e-3, Batch = 64 },
            Ema = new() { HalfLife = 2000 },
        }, Tiny.Device);
        Assert.True(run.Train());
        return path;
    }
}
