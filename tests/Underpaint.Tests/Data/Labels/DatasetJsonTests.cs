using System.Text;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data.Labels;

public sealed class DatasetJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_and_names_are_read()
    {
        using ZipSource source = Open("""{"labels": [["b/2.png", 0], ["a/1.png", 1]], "label_names": ["no", "yes"]}""");
        Assert.Equal(["no", "yes"], source.LabelNames);
        Assert.Equal(["a/1.png", "b/2.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Equal([1, 0], [source.LabelOf(0)!.Value, source.LabelOf(1)!.Value]);
    }

    [Fact]
    public void Classes_without_names_are_called_by_their_number() =>
        Assert.Equal(["0", "1", "2"], Open("""{"labels": [["a/1.png", 2], ["b/2.png", 0]], "other": {"x": [1]}}""").LabelNames);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"labels": null}""")]
    [InlineData("""{"labels": null, "label_names": ["a"]}""")]
    public void Without_labels_the_images_have_none(string json)
    {
        using ZipSource source = Open(json);
        Assert.Empty(source.LabelNames);
        Assert.Null(source.LabelOf(0));
    }

    [Theory]
    [InlineData("", "no valid JSON")]
    [InlineData("{", "no valid JSON")]
    [InlineData("{} {}", "no valid JSON")]
    [InlineData("""{"labels": [["a/1.png", 0]""", "no valid JSON")]
    [InlineData("""{"labels": [["\ud800", 0]]}""", "no valid JSON")]
    [InlineData("[]", "one JSON object")]
    [InlineData("""{"labels": 3}""", "\"labels\" must be null or a list")]
    [InlineData("""{"labels": {"a/1.png": 0}}""", "\"labels\" must be null or a list")]
    [InlineData("""{"labels": ["a/1.png"]}""", "pairs")]
    [InlineData("""{"labels": [[0, "a/1.png"]]}""", "pairs")]
    [InlineData("""{"labels": [["a/1.png", "0"]]}""", "pairs")]
    [InlineData("""{"labels": [["a/1.png", 0, 1]]}""", "pairs")]
    [InlineData("""{"labels": [["a/1.png", [0, 1]]]}""", "pairs")]
    [InlineData("""{"labels": [["a/1.png", 0.5]]}""", "the class 0.5")]
    [InlineData("""{"labels": [["a/1.png", -1]]}""", "the class -1")]
    [InlineData("""{"labels": [["a/1.png", 99999999999]]}""", "the class 99999999999")]
    [InlineData("""{"labels": [["a/1.png", 0], ["a/1.png", 1]]}""", "labels \"a/1.png\" twice")]
    [InlineData("""{"labels": [["a/1.png", 0]]}""", "does not label the image \"b/2.png\"")]
    [InlineData("""{"labels": [["a/1.png", 0], ["b/2.png", 0], ["c.png", 0]]}""", "labels \"c.png\", which is no image")]
    [InlineData("""{"labels": [["a/1.png", 0], ["b/2.png", 2]], "label_names": ["x", "y"]}""", "uses the class 2")]
    [InlineData("""{"labels": null, "labels": null}""", "the key \"labels\" twice")]
    [InlineData("""{"label_names": "cat"}""", "\"label_names\" must be")]
    [InlineData("""{"label_names": [1]}""", "\"label_names\" must be")]
    public void What_is_wrong_is_named(string json, string problem)
    {
        var error = Assert.Throws<FileFormatException>(() => Open(json));
        Assert.StartsWith("dataset.json of ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void Endless_keys_are_refused() =>
        Assert.Contains("more than 100 keys", Assert.Throws<FileFormatException>(
            () => Open($"{{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"{i}\": 0"))}}}")).Message);

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused() =>
        Assert.Contains("UTF-8", Assert.Throws<FileFormatException>(() => Open([(byte)'{', (byte)'"', 0xFF, (byte)'"'])).Message);

    private ZipSource Open(string json) => Open(Encoding.UTF8.GetBytes(json));

    private ZipSource Open(byte[] json)
    {
        string path = _folder.File("data.zip");
        byte[] picture = TestImages.Png();
        File.WriteAllBytes(path, TestImages.Zip(("a/1.png", picture), ("b/2.png", picture), ("dataset.json", json)));
        return new ZipSource(path);
    }
}
