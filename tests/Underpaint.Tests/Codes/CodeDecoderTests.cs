using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;

namespace Underpaint.Tests.Codes;

public sealed class CodeDecoderTests : IDisposable
{
    private const int Images = 70;
    private readonly TemporaryFolder _folder = new();
    private readonly DiffusionAutoencoder _model = TinyModel.Create();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Every_format_decodes_to_the_same_pictures(int? inversionSteps)
    {
        EncodingOptions options = new() { InversionSteps = inversionSteps, Limit = inversionSteps is null ? null : 5 };
        byte[][][] pictures = [.. new[] { ".safetensors", ".npy", ".parquet" }.Select(kind => Decode(new() { Steps = 2 }, Encode(kind, options)))];
        Assert.Equal(options.Limit ?? Images, pictures[0].Length);
        Assert.NotEqual(pictures[0][0], pictures[0][1]);
        Assert.Equal(pictures[0], pictures[1]);
        Assert.Equal(pictures[0], pictures[2]);
    }

    [Fact]
    public void Pictures_are_those_that_reconstruct_makes()
    {
        using Ornaments source = Tiny.Images(Images);
        Reconstruction[] direct = [.. Reconstructor.RunOne(_model, source, new() { Steps = 2 }, [], seed: 7)];
        byte[][] decoded = Decode(new() { Steps = 2, Seed = 7 }, Encode(".safetensors", new()));
        Assert.All(direct.Zip(decoded), pair => Assert.True(PeakSignalToNoise.Of(pair.First.Image, new(16, 16, 3, pair.Second)) > 50));
    }

    [Fact]
    public void Stochastic_codes_are_decoded_from_and_the_seed_does_not_matter_then()
    {
        string path = Encode(".safetensors", new() { InversionSteps = 5, Limit = 4 });
        Assert.Equal(Decode(new() { Steps = 5, Seed = 1 }, path), Decode(new() { Steps = 5, Seed = 2 }, path));
        using Ornaments source = Tiny.Images(4);
        Reconstruction[] exact = [.. Reconstructor.RunOne(_model, source, new() { Steps = 5, Kind = ReconstructionKind.InvertedStochasticCode }, [])];
        Assert.All(exact.Zip(Decode(new() { Steps = 5 }, path)),
            pair => Assert.True(PeakSignalToNoise.Of(pair.First.Image, new(16, 16, 3, pair.Second)) > 50));
    }

    [Fact]
    public void A_shard_decodes_to_the_pictures_that_it_has_in_the_whole()
    {
        byte[][] whole = Decode(new() { Steps = 1 }, Encode(".npy", new()));
        string second = Encode(".2.npy", new() { Shard = new(2, 2) });
        Assert.Equal(whole[64..], Decode(new() { Steps = 1 }, second));
        string first = Encode(".1.npy", new() { Shard = new(1, 2) });
        Assert.Equal(whole, Decode(new() { Steps = 1 }, second, first));
    }

    [Fact]
    public void Codes_of_another_model_are_refused()
    {
        using DiffusionAutoencoder other = TinyModel.Create(seed: 2);
        using ICodeSource codes = CodeFile.Open(Encode(".npy", new() { Limit = 2 }));
        Assert.Contains("another model", Assert.Throws<FileFormatException>(() => CodeDecoder.Run(other, codes, new())).Message);
    }

    [Fact]
    public void Parts_that_do_not_go_together_are_refused()
    {
        string first = Encode(".1.npy", new() { Shard = new(1, 2) }), limited = Encode(".few.npy", new() { Limit = 3 });
        Assert.Contains("other options", Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([first, limited])).Message);
        Assert.Contains("every shard once", Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([first, first])).Message);
    }

    [Fact]
    public void A_missing_shard_is_noticed_when_joining()
    {
        using Ornaments source = Tiny.Images(140);
        string[] shards = [_folder.File("1.npy"), _folder.File("3.npy")];
        CodeEncoder.Run(_model, source, shards[0], new() { Shard = new(1, 3) });
        CodeEncoder.Run(_model, source, shards[1], new() { Shard = new(3, 3) });
        var error = Assert.Throws<UnderpaintException>(() => CodeJoiner.Join(shards, _folder.File("all.npy")));
        Assert.Contains("image 64", error.Message);
        Assert.Contains("one of the files to read", Assert.Throws<UnderpaintException>(() => CodeJoiner.Join(shards, shards[0])).Message);
    }

    [Fact]
    public void Pictures_and_sheets_go_into_a_folder()
    {
        using ICodeSource codes = CodeFile.Open(Encode(".npy", new()));
        var folder = new DecodedFolder(_folder.File("out"));
        foreach (DecodedImage decoded in CodeDecoder.Run(_model, codes, new() { Steps = 1 }))
            folder.Add(decoded);
        folder.Finish();
        Assert.Equal((Images, 2), (folder.Count, folder.Sheets.Count));
        Assert.Equal(Images, Directory.GetFiles(_folder.File("out"), "*.decoded.png").Length);
    }

    private string Encode(string kind, EncodingOptions options)
    {
        string path = _folder.File($"codes{kind}");
        using Ornaments source = Tiny.Images(Images);
        CodeEncoder.Run(_model, source, path, options);
        return path;
    }

    private byte[][] Decode(DecodingOptions options, params string[] paths)
    {
        using ICodeSource codes = CodeFile.OpenAll(paths);
        return [.. CodeDecoder.Run(_model, codes, options).Select(decoded => decoded.Image.Pixels)];
    }
}
