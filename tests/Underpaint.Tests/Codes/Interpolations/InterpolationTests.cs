using SkiaSharp;
using Underpaint.Codes.Interpolations;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Tests.Codes.Interpolations;

public sealed class InterpolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Codes_and_stochastic_codes_are_mixed_as_the_official_code_mixes_them()
    {
        using SafetensorsFile golden = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "misc", "misc.safetensors"));
        Check("interp.z", Interpolation.Linear);
        Check("interp.xT", Interpolation.Spherical);

        void Check(string name, Way way)
        {
            float[] ends = golden.ReadFloats(name), frames = golden.ReadFloats($"{name}_out");
            int size = ends.Length / 2;
            for (int frame = 0; frame < 10; frame++)
            {
                float[] mixed = way(ends.AsSpan(0, size), ends.AsSpan(size), frame / 9.0);
                Assert.All(mixed.Zip(frames[(frame * size)..]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
            }
        }
    }

    [Fact]
    public void On_the_arc_noise_stays_as_strong_as_it_is()
    {
        var random = new RandomSource(1, "noise");
        float[] Noise() => [.. Enumerable.Range(0, 1000).Select(_ => (float)random.NextGaussian())];
        float[] from = Noise(), to = Noise();
        Assert.Equal(Power(from), Power(Interpolation.Spherical(from, to, 0.5)), 0.1);
        Assert.True(Power(Interpolation.Linear(from, to, 0.5)) < 0.7 * Power(from));
        Assert.All(from.Zip(Interpolation.Spherical(from, to, 0)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(to.Zip(Interpolation.Spherical(from, to, 1)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        static double Power(float[] values) => values.Average(value => value * value);
    }

    [Fact]
    public void Parallel_opposite_and_zero_vectors_have_a_way_too()
    {
        Assert.Equal([1.5f, 0], Interpolation.Spherical([1, 0], [2, 0], 0.5));
        Assert.Equal([0.5f, 0], Interpolation.Spherical([1, 0], [-1, 0], 0.25));
        Assert.Equal([0.5f, 0], Interpolation.Spherical([0, 0], [1, 0], 0.5));
    }

    [Fact]
    public void Codes_of_two_lengths_are_refused()
    {
        Assert.Contains("cannot be mixed", Assert.Throws<ArgumentException>(() => Interpolation.Linear([1, 0], [1], 0.5)).Message);
        Assert.Contains("cannot be mixed", Assert.Throws<ArgumentException>(() => Interpolation.Spherical([1, 0], [1], 0.5)).Message);
        Assert.Contains("cannot be mixed", Assert.Throws<ArgumentException>(() => Interpolation.Spherical([1], [1, 0], 0.5)).Message);
    }

    [Fact]
    public void The_ends_are_exact_reconstructions_and_the_files_show_all_pictures()
    {
        using DiffusionAutoencoder model = TinyModel.Create();
        using Ornaments source = Tiny.Images(3);
        var options = new InterpolationOptions { Frames = 5, InversionSteps = 4, Decoding = new() { Steps = 4 } };
        InterpolationResult result = Interpolator.Run(model, source, 0, 2, options);
        Reconstruction[] exact = [.. Reconstructor.RunOne(model, source, new() { Steps = 4, Kind = ReconstructionKind.InvertedStochasticCode }, [])];
        Assert.True(PeakSignalToNoise.Of(exact[0].Image, result.Frames[0]) > 50);
        Assert.True(PeakSignalToNoise.Of(exact[2].Image, result.Frames[4]) > 50);
        Assert.True(result.Smoothness >= 1);
        var (strip, animation) = InterpolationFiles.Write(result, _folder.File("way"), TimeSpan.FromMilliseconds(80));
        Assert.True(File.Exists(strip));
        using SKCodec codec = SKCodec.Create(animation);
        Assert.Equal((SKEncodedImageFormat.Webp, 8), (codec.EncodedFormat, codec.FrameCount));
        Assert.All(codec.FrameInfo, frame => Assert.Equal(80, frame.Duration));
    }

    [Fact]
    public void A_strip_shows_as_many_pictures_as_fit_and_the_animation_all()
    {
        PixelImage[] tall = [.. Enumerable.Range(0, 100).Select(grey => new PixelImage(8, 2048, 1, [.. Enumerable.Repeat((byte)grey, 8 * 2048)]))];
        var (strip, animation) = InterpolationFiles.Write(new(tall[0], tall[^1], tall, 1), _folder.File("way"), TimeSpan.FromMilliseconds(80));
        using SKCodec still = SKCodec.Create(strip), moving = SKCodec.Create(animation);
        Assert.Equal(7 * (2048 + 32) + 36, still.Info.Height);
        Assert.Equal(198, moving.FrameCount);
    }

    [Fact]
    public void A_name_that_would_replace_one_of_the_two_images_or_has_no_folder_is_refused()
    {
        InterpolationFiles.Check(_folder.File("way"), "cat.png", "ornaments:2,16");
        Assert.Contains("would be replaced", Assert.Throws<UnderpaintException>(() => InterpolationFiles.Check(_folder.File("cat"), "dog.png", _folder.File("cat.webp"))).Message);
        Assert.Contains("no folder", Assert.Throws<UnderpaintException>(() => InterpolationFiles.Check(_folder.File("none", "way"), "dog.png", "cat.png")).Message);
    }

    [Fact]
    public void An_animation_keeps_every_pixel()
    {
        PixelImage[] frames = [.. Enumerable.Range(0, 3).Select(i => Tiny.Images().Read(i))];
        byte[] file = Animation.ToWebP(frames, TimeSpan.FromMilliseconds(50));
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        var info = new SKImageInfo(128, 128, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int i = 0; i < frames.Length; i++)
        {
            using var shown = new SKBitmap(info);
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, shown.GetPixels(), new SKCodecOptions(i)));
            for (int pixel = 0; pixel < 256; pixel++)
            {
                SKColor color = shown.GetPixel(pixel % 16 * 8 + 3, pixel / 16 * 8 + 5);
                Assert.Equal((frames[i].Pixels[3 * pixel], frames[i].Pixels[3 * pixel + 1], frames[i].Pixels[3 * pixel + 2]), (color.Red, color.Green, color.Blue));
            }
        }
        Assert.Throws<ArgumentException>(() => Animation.ToWebP([], TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Smoothness_is_the_largest_jump_over_the_mean_one()
    {
        Assert.Equal(1, Smoothness(0, 0.1, 0.2, 0.3), 1e-6);
        Assert.Equal(3, Smoothness(0, 0, 0.6, 0.6), 1e-6);
        Assert.Equal(1, Smoothness(0.5, 0.5, 0.5), 1e-6);
        Assert.Equal(1.5, Smoothness(0, 0.1, 0.4), 1e-6);

        static double Smoothness(params double[] greys)
        {
            using var images = new ImageBatch(cat([.. greys.Select(grey => full([1, 3, 2, 2], (float)grey))], 0));
            return InterpolationSmoothness.Of(images);
        }
    }

    [Fact]
    public void Going_nowhere_is_perfectly_smooth()
    {
        using DiffusionAutoencoder model = TinyModel.Create();
        float[] code = [.. Enumerable.Range(0, 16).Select(i => i / 8f)];
        Assert.Equal(1, InterpolationSmoothness.Between(model, code, code, frames: 4));
    }

    private delegate float[] Way(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double share);
}
