using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeJsonTests
{
    [Theory]
    [InlineData("", "line 1, column 1", "Correct the text there.")]
    [InlineData("[]", "is not a JSON object", "A recipe starts with {")]
    [InlineData("null", "is not a JSON object", "A recipe starts with {")]
    [InlineData("{\n  \"name\": \"a\", // my first\n}", "a comment at line 2, column 16", "this format has no comments")]
    [InlineData("{\n  \"seed\": 1,\n}", "a comma after the last item at line 3, column 1", "Remove the comma.")]
    [InlineData("{ \"seed\": [1, ] }", "a comma after the last item", "Remove the comma.")]
    [InlineData("{ \"seed\": NaN }", "line 1, column 11", "Correct the text there.")]
    [InlineData("{ \"seed\": 01 }", "line 1, column 12", "Correct the text there.")]
    [InlineData("{ \"seed\": 1 } {}", "line 1, column 15", "Correct the text there.")]
    [InlineData("{ 'seed': 1 }", "line 1, column 3", "Correct the text there.")]
    [InlineData("{ \"seed\": 1", "line 1, column 12", "Correct the text there.")]
    [InlineData("{ \"name\": \"\\ud800\" }", "not valid Unicode", "Write the character itself")]
    public void Text_that_is_not_strict_JSON_is_refused_with_its_place(string json, string problem, string remedy)
    {
        RecipeException error = Refusal(json);
        Assert.StartsWith("mine.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "a", "seed": 1, "seed": 1 }""", "seed")]
    [InlineData("""{ "model": { "code": 1, "blocks": 2, "code": 1 } }""", "model.code")]
    [InlineData("""{ "phases": [{}, { "name": "a", "n\u0061me": "b" }] }""", "phases[1].name")]
    public void A_key_given_twice_is_refused_with_its_path(string json, string path)
    {
        RecipeException error = Refusal(json);
        Assert.Equal(path, error.Path);
        Assert.Equal($"mine.json: {path} is given twice. Keep one of the two.", error.Message);
    }

    [Fact]
    public void Text_over_1_MiB_is_refused() =>
        Assert.Contains("check that this is the file you meant", Refusal(new string(' ', (1 << 20) + 1)).Message);

    [Fact]
    public void More_than_32_levels_are_refused() =>
        Assert.Contains("depth of 32", Refusal(string.Concat(Enumerable.Repeat("{\"a\":", 33))).Message);

    [Fact]
    public void A_hostile_key_does_not_make_a_long_message() =>
        Assert.InRange(Refusal($$"""{ "{{new string('x', 100_000)}}": 1 }""").Message.Length, 1, 400);

    private static RecipeException Refusal(string json) =>
        Assert.Throws<RecipeException>(() => RecipeReader.Read(json, "mine.json"));
}
