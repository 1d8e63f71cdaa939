using Underpaint.Codes;
using Underpaint.Codes.Latents;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Reports;

namespace Underpaint.Tests.Codes.Latents;

public sealed class ImageSamplerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DiffusionAutoencoder _model = TinyModel.Create();
    private readonly IImageSource _source = Tiny.Images(6);

    public void Dispose()
    {
        _model.Dispose();
        _source.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_image_depends_on_the_seed_and_its_number_only()
    {
        GaussianCodes sampler = GaussianCodes.Fit(Codes());
        SampledImage[] many = [.. ImageSampler.Run(_model, sampler, 34, new() { Steps = 1, Seed = 2 })], few = [.. ImageSampler.Run(_model, sampler, 2, new() { Steps = 1, Seed = 2 })];
        Assert.Equal(Enumerable.Range(0, 34), many.Select(image => image.Number));
        Assert.Equal(many[1].Code, few[1].Code);
        Assert.NotEqual(many[0].Image.Pixels, many[33].Image.Pixels);
    }

    [Fact]
    public void A_known_image_is_found_and_shown_itself_or_as_its_code_decodes()
    {
        CodeTable codes = Codes();
        KnownImage itself = new KnownImages(_model, codes, _source, new() { Steps = 1 }).Nearest(codes.CodesAt([4]), 2)[0];
        Assert.Equal("4.png", itself.File);
        Assert.Equal(0, itself.Distance);
        Assert.Equal(_source.Read(4, Tiny.Recipe.Data).Pixels, itself.Image.Pixels);
        KnownImage decoded = new KnownImages(_model, codes, source: null, new() { Steps = 1 }).Nearest(codes.CodesAt([4]), 2)[0];
        Assert.Equal((16, 16), (decoded.Image.Width, decoded.Image.Height));
        Assert.NotEqual(itself.Image.Pixels, decoded.Image.Pixels);
    }

    [Fact]
    public void Another_model_s_codes_and_other_images_are_refused()
    {
        Assert.Throws<UnderpaintException>(() => ImageSampler.Run(_model, GaussianCodes.Fit(SampleTable.Create()), 1, new()));
        Assert.Throws<FileFormatException>(() => new KnownImages(_model, SampleTable.Create(), null, new()));
        using Ornaments others = new(6, size: 16, seed: 4);
        Assert.Contains("were not made of", Assert.Throws<UnderpaintException>(() => new KnownImages(_model, Codes(), others, new())).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_image_is_written_and_sheets_show_all_of_them()
    {
        var folder = new SampleFolder(_folder.File("new"));
        var known = new KnownImages(_model, Codes(), _source, new() { Steps = 1 });
        foreach (SampledImage sample in ImageSampler.Run(_model, GaussianCodes.Fit(Codes()), 26, new() { Steps = 1 }))
            folder.Add(sample, known.Nearest(sample.Code, 2));
        folder.Finish();
        Assert.Equal(2, folder.Sheets.Count);
        Assert.All(folder.Sheets, sheet => Assert.True(File.Exists(sheet)));
        Assert.Equal(26, Directory.GetFiles(_folder.File("new"), "sample-*.png").Length);
    }

    private CodeTable Codes()
    {
        using ImageBatch images = ImageBatch.From(PixelBatch.Load(_source, [.. Enumerable.Range(0, _source.Count)], Tiny.Recipe.Data));
        using CodeBatch codes = _model.Encode(images);
        return SampleTable.Of(codes.Tensor.data<float>().ToArray(), _model.CodeSize, _model.Identity, _source.Fingerprint());
    }
}
