using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
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
        Assert.Contains("(images 3, not 70)", Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([first, limited])).Message);
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
        Assert.Contains("is read for this", Assert.Throws<UnderpaintException>(() => CodeJoiner.Join(shards, shards[0])).Message);
    }

    [Fact]
    public void Pictures_and_sheets_go_into_a_folder()
    {
        using ICodeSource codes = CodeFile.Open(Encode(".npy", new()));
        var told = new List<int>();
        DecodedFolder folder = Fill("out", codes, told: told.Add);
        Assert.Equal((Images, Images, 2), (folder.Count, folder.CountOf(codes), folder.Sheets.Count));
        Assert.Equal([32, 32, 6], told);
        Assert.Equal(Images, Pictures("out").Count);
        Assert.All(folder.Sheets, sheet => Assert.True(File.Exists(sheet)));
    }

    [Fact]
    public void Shards_fill_one_folder_with_the_pictures_of_one_call_also_where_images_share_names()
    {
        using ICodeSource codes = CodeFile.Open(EncodeOfSharedNames());
        _ = Fill("whole", codes);
        foreach (int number in new[] { 3, 1, 2 })
        {
            DecodedFolder shard = Fill("shards", codes, new(number, 3));
            Assert.Equal([_folder.File("shards", $"decoded-{number}-of-3-01.png")], shard.Sheets);
            Assert.Equal(number == 3 ? 6 : 32, shard.Count);
        }
        Dictionary<string, string> whole = Pictures("whole");
        Assert.Equal(Images, whole.Count);
        Assert.NotEqual(whole["ornament-0.decoded.png"], whole["ornament-0-2.decoded.png"]);
        Assert.Equal(whole, Pictures("shards"));
        Assert.Contains("at most 3 shards", Assert.Throws<UnderpaintException>(() => Fill("shards", codes, new(1, 4))).Remedy);
    }

    [Fact]
    public void Interrupted_it_goes_on_and_what_is_there_is_not_decoded_again()
    {
        using ICodeSource codes = CodeFile.Open(Encode(".npy", new()));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Fill("out", codes, told: _ => stop.Cancel(), stop: stop.Token));
        Assert.Equal(32, Pictures("out").Count);
        string kept = Directory.GetFiles(_folder.File("out"), "*.decoded.png")[0];
        byte[] white = Png.Encode(new PixelImage(16, 16, 3, [.. Enumerable.Repeat((byte)255, 16 * 16 * 3)]));
        File.WriteAllBytes(kept, white);

        Assert.Equal(32, Fill("out", codes).Found);
        Assert.Equal(0, Fill("whole", codes).Found);
        Dictionary<string, string> whole = Pictures("whole");
        whole[Path.GetFileName(kept)] = Convert.ToHexString(white);
        Assert.Equal(whole, Pictures("out"));
    }

    [Fact]
    public void A_folder_of_other_pictures_is_closed()
    {
        using ICodeSource codes = CodeFile.Open(Encode(".npy", new() { Limit = 5 })), others = CodeFile.Open(Encode(".few.npy", new() { Limit = 4 }));
        _ = Fill("out", codes);
        Assert.Contains("steps 1, not 2", Refused(codes, new() { Steps = 2 }));
        Assert.Contains("seed 0, not 3", Refused(codes, new() { Steps = 1, Seed = 3 }));
        Assert.Contains("codes ", Refused(others, new() { Steps = 1 }));
        File.Delete(_folder.File("out", "decoding.json"));
        Assert.Contains("no decoding.json", Refused(codes, new() { Steps = 1 }));

        string Refused(ICodeSource source, DecodingOptions options) =>
            Assert.Throws<UnderpaintException>(() => new DecodedFolder(_folder.File("out")).Fill(_model, source, options)).What;
    }

    private DecodedFolder Fill(string name, ICodeSource codes, Shard? shard = null, Action<int>? told = null, CancellationToken stop = default)
    {
        var folder = new DecodedFolder(_folder.File(name), shard);
        folder.Fill(_model, codes, new() { Steps = 1 }, told, stop);
        return folder;
    }

    private Dictionary<string, string> Pictures(string folder) =>
        Directory.GetFiles(_folder.File(folder), "*.decoded.png")
            .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path)));

    private string EncodeOfSharedNames()
    {
        string path = _folder.File("shared.npy");
        using var source = new JoinedSource([Tiny.Images(Images / 2), Tiny.Images(Images / 2)]);
        CodeEncoder.Run(_model, source, path, new());
        return path;
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
