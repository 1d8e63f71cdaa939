using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class BenchVerbTests
{
    [Fact]
    public void Json_is_one_object_with_the_documented_keys()
    {
        JsonObject json = JsonNode.Parse(Bench("--precision", "float32", "--json"))!.AsObject();
        Assert.Equal(
        [
            "trainImagesPerSecond", "encodeImagesPerSecond", "decodeImagesPerSecond", "peakResidentMiB", "precision", "threads",
            "device", "preset", "imageSize", "parameters", "trainBatch", "inferenceBatch", "steps", "torch",
        ], json.Select(property => property.Key));
        Assert.All(json.Take(4), figure => Assert.True((double)figure.Value! > 0, figure.Key));
        Assert.Equal("float32", (string)json["precision"]!);
        Assert.Equal(1, (int)json["threads"]!);
        Assert.Equal("cpu", (string)json["device"]!);
        Assert.Equal("demo", (string)json["preset"]!);
        Assert.Equal(2, (int)json["steps"]!);
    }

    [Fact]
    public void Text_names_every_figure_with_its_unit()
    {
        string output = Bench("--precision", "bfloat16");
        Assert.Matches(@"(?m)^machine +cpu, 1 thread, bfloat16, libtorch ", output);
        Assert.Matches(@"(?m)^training +\S+ images/s, batches of 32\r?$", output);
        Assert.Matches(@"(?m)^encoding +\S+ images/s, batches of 16\r?$", output);
        Assert.Matches(@"(?m)^decoding +\S+ images/s, batches of 16, 2 steps\r?$", output);
        Assert.Matches(@"(?m)^memory +\S+ MiB at the peak\r?$", output);
    }

    [Fact]
    public void It_can_be_stopped() =>
        Cli.RunStopped(Arguments).FailedWith(ExitCode.Failed, "Stopped before the end");

    private static string[] Arguments { get; } =
        ["bench", "--preset", "demo", "--steps", "2", "--seconds", "0", "--device", "cpu", "--threads", "1"];

    private static string Bench(params string[] options) => Cli.Run([.. Arguments, .. options]).Succeeded();
}
