using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Exchange.Onnx;

namespace Underpaint.Tests.Exchange.Onnx;

public sealed class OnnxMetadataTests
{
    private static OnnxMetadata Sample { get; } = new()
    {
        Identity = new string('a', 64),
        ImageSize = 64,
        Channels = 3,
        CodeSize = 2,
        Schedule = NoiseSchedule.ShiftedCosine(4.1),
        Prediction = Prediction.Velocity,
        Statistics = new([0.1, -3], [1e-3, 2]),
        ImagesSeen = 400_000,
        Recipe = "{}",
    };

    public static TheoryData<NoiseSchedule> Schedules => [NoiseSchedule.LinearBeta, NoiseSchedule.Cosine, NoiseSchedule.HighestNoise, NoiseSchedule.ShiftedCosine(0.3)];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void What_is_written_is_read_back(NoiseSchedule schedule)
    {
        foreach (Prediction prediction in Enum.GetValues<Prediction>())
        {
            OnnxMetadata metadata = Sample with { Schedule = schedule, Prediction = prediction, Statistics = null };
            Assert.Equal(metadata, OnnxMetadata.Read(metadata.ToEntries(), "graph"));
        }
        OnnxMetadata read = OnnxMetadata.Read(Sample.ToEntries(), "graph");
        Assert.Equal(Sample.Statistics!.Mean, read.Statistics!.Mean);
        Assert.Equal(Sample.Statistics.Deviation, read.Statistics.Deviation);
        Assert.Equal("[0.1,-3]", Sample.ToEntries()["underpaint.codeMean"]);
    }

    [Fact]
    public void The_crop_is_told_and_graphs_of_earlier_versions_see_the_middle()
    {
        var entries = new Dictionary<string, string>((Sample with { Crop = ImageCrop.Celeba }).ToEntries());
        Assert.Equal(ImageCrop.Celeba, OnnxMetadata.Read(entries, "graph").Crop);
        entries.Remove("underpaint.crop");
        Assert.Equal(ImageCrop.Middle, OnnxMetadata.Read(entries, "graph").Crop);
    }

    [Theory]
    [InlineData("crop", "left", "crop")]
    [InlineData("format", null, "no graph that Underpaint exported")]
    [InlineData("format", "2", "format 2")]
    [InlineData("identity", "abc", "identity")]
    [InlineData("imageSize", "0", "imageSize")]
    [InlineData("imageSize", null, "does not tell its imageSize")]
    [InlineData("channels", "2", "channels")]
    [InlineData("code", "1e9", "code")]
    [InlineData("schedule", "sine", "schedule")]
    [InlineData("shift", "NaN", "shift")]
    [InlineData("prediction", "", "prediction")]
    [InlineData("codeMean", "[1]", "statistics")]
    [InlineData("codeMean", "[1,", "statistics")]
    [InlineData("codeDeviation", "[1,-1]", "negative deviations")]
    public void What_cannot_be_is_refused_by_name(string key, string? value, string expected)
    {
        var entries = new Dictionary<string, string>(Sample.ToEntries());
        _ = value is null ? entries.Remove($"underpaint.{key}") : (entries[$"underpaint.{key}"] = value) == value;
        FileFormatException error = Assert.Throws<FileFormatException>(() => OnnxMetadata.Read(entries, "graph.onnx"));
        Assert.Contains(expected, error.Message);
        Assert.StartsWith("graph.onnx", error.Message);
    }
}
