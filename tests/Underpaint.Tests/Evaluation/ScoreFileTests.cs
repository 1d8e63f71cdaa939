using System.Text.Json.Nodes;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation;

public sealed class ScoreFileTests : IDisposable
{
    private static readonly Metric Metric = new() { Key = "x", Name = "X", Definition = "X: x", Better = Better.Higher };

    private static readonly EvaluationResult Result = new()
    {
        Names = ["a.png", "b, \"c\".png"],
        Decodings = [ResultOf(Decoding.StructureImage, 1, 2), ResultOf(new() { Steps = 5 }, 0.5, 0.1)],
        Codes = [],
        LeftOut = [],
        Skipped = [],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_has_a_line_for_each_image_and_way_of_decoding()
    {
        string path = _folder.File("scores.csv");
        ScoreFile.Write(path, Result);
        Assert.Equal(
        [
            "image,decoding,kind,steps,solver,grid,x",
            "a.png,structure image,structure-image,1,dpm++,log-snr,1",
            "\"b, \"\"c\"\".png\",structure image,structure-image,1,dpm++,log-snr,2",
            "a.png,5 steps,random,5,dpm++,log-snr,0.5",
            "\"b, \"\"c\"\".png\",5 steps,random,5,dpm++,log-snr,0.1",
        ], File.ReadAllLines(path));
    }

    [Fact]
    public void Json_lines_say_the_same()
    {
        string path = _folder.File("scores.jsonl");
        ScoreFile.Write(path, Result);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("""{"image":"a.png","decoding":"structure image","kind":"structure-image","steps":1,"solver":"dpm++","grid":"log-snr","x":1}""", lines[0]);
        Assert.Equal("b, \"c\".png", (string)JsonNode.Parse(lines[3])!["image"]!);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void Another_ending_is_refused()
    {
        var error = Assert.Throws<UnderpaintException>(() => ScoreFile.Write(_folder.File("scores.txt"), Result));
        Assert.Contains(".jsonl", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("scores.txt")));
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var error = Assert.Throws<UnderpaintException>(() => ScoreFile.Write(_folder.File("none", "scores.csv"), Result));
        Assert.Contains("none", error.Message, StringComparison.Ordinal);
    }

    private static DecodingResult ResultOf(Decoding decoding, params double[] values) =>
        new(decoding, [new("X", [Metric], [.. values.Select(value => new[] { value })])], []);
}
