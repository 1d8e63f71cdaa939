using Underpaint.Codes;
using Underpaint.Codes.Interpolations;
using Underpaint.Data;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Codes.Interpolations;

public sealed class InterpolationJumpsTests : IDisposable
{
    private readonly DiffusionAutoencoder _model = TinyModel.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Each_pair_of_neighbouring_images_is_measured_once()
    {
        using Ornaments source = Tiny.Images(7);
        IReadOnlyList<double[]> jumps = new InterpolationJumps().Measure(_model, source, default);
        Assert.Equal(3, jumps.Count);
        using ImageBatch images = ImageBatch.From(PixelBatch.Load(source, [2, 3], _model.Recipe.Data));
        using CodeBatch codes = _model.Encode(images);
        float[] both = codes.Tensor.ToArray();
        Assert.Equal(InterpolationSmoothness.Between(_model, both[..16], both[16..]), Assert.Single(jumps[1]), 1e-3);
        Assert.Equal(2, new InterpolationJumps(pairs: 2).Measure(_model, source, default).Count);
    }

    [Fact]
    public void One_image_alone_is_refused_with_the_reason()
    {
        using Ornaments source = Tiny.Images(1);
        Assert.Contains("no two images", Assert.Throws<UnderpaintException>(() => new InterpolationJumps().Measure(_model, source, default)).Message, StringComparison.Ordinal);
    }
}
