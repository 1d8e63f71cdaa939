using Underpaint.Codes.Directions;
using Underpaint.Codes.Editing;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;

namespace Underpaint.Tests.Codes.Editing;

public sealed class ImageEditorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DiffusionAutoencoder _model = TinyModel.Create();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Not_moved_at_all_an_image_is_its_exact_reconstruction()
    {
        using Ornaments source = Tiny.Images(3);
        EditedImage[] edited = Edit(_model, source, new() { Moves = [new("a", 1)], Multiples = [0], InversionSteps = 4, Decoding = new() { Steps = 4 } });
        Reconstruction[] exact = [.. Reconstructor.RunOne(_model, source, new() { Steps = 4, Kind = ReconstructionKind.InvertedStochasticCode }, [])];
        Assert.Equal(exact.Select(each => each.Name), edited.Select(each => each.Name));
        Assert.All(exact.Zip(edited), pair => Assert.True(PeakSignalToNoise.Of(pair.First.Image, pair.Second.Pictures[0]) > 50));
        Assert.All(exact.Zip(edited), pair => Assert.Equal(pair.First.Original.Pixels, pair.Second.Original.Pixels));
    }

    [Fact]
    public void There_is_a_picture_for_each_multiple_and_a_strip_of_them()
    {
        using Ornaments source = Tiny.Images(2);
        var options = new EditOptions { Moves = [new("a", 2), new("b", -1)], Multiples = [-9, 0, 9], InversionSteps = 2, Decoding = new() { Steps = 2 } };
        var folder = new EditFolder(_folder.File("out"), options);
        foreach (EditedImage edited in Edit(_model, source, options))
        {
            Assert.Equal(3, edited.Pictures.Count);
            Assert.NotEqual(edited.Pictures[0].Pixels, edited.Pictures[2].Pixels);
            folder.Add(edited);
        }
        folder.Finish();
        Assert.Equal(2, folder.Count);
        using IImageSource strip = ImageSources.Open(Assert.Single(folder.Sheets));
        Assert.True(strip.Read(0).Width > 4 * 128);
    }

    [Fact]
    public void Without_stochastic_codes_all_pictures_start_from_the_same_noise()
    {
        using DiffusionAutoencoder structure = TinyModel.Create(imagesSeen: 48);
        using Ornaments source = Tiny.Images(1);
        EditedImage edited = Edit(structure, source, new() { Moves = [new("a", 0)], Decoding = new() { Steps = 1 } }).Single();
        Assert.All(edited.Pictures, picture => Assert.Equal(edited.Pictures[0].Pixels, picture.Pixels));
    }

    [Fact]
    public void Unknown_directions_and_those_of_another_model_are_refused_before_any_work()
    {
        using Ornaments source = Tiny.Images(1);
        using DiffusionAutoencoder other = TinyModel.Create(seed: 2);
        Assert.Throws<UnderpaintException>(() => ImageEditor.Run(_model, source, Directions(_model), new() { Moves = [new("c", 1)] }, []));
        Assert.Throws<FileFormatException>(() => ImageEditor.Run(_model, source, Directions(other), new() { Moves = [new("a", 1)] }, []));
    }

    private static EditedImage[] Edit(DiffusionAutoencoder model, IImageSource source, EditOptions options) =>
        [.. ImageEditor.Run(model, source, Directions(model), options, [])];

    private static DirectionSet Directions(DiffusionAutoencoder model) => new()
    {
        Model = model.Identity,
        Statistics = new(new double[16], [.. Enumerable.Repeat(1.0, 16)]),
        Directions =
        [
            new() { Name = "a", IsBinary = true, ProbeUnit = 1, Examples = [], Effect = [.. Enumerable.Repeat(1f, 16)], Probe = new float[16] },
            new() { Name = "b", IsBinary = true, ProbeUnit = 2, Examples = [], Effect = [1, .. new float[15]], Probe = new float[16] },
        ],
    };
}
