using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "recipes.md"));

    [Fact]
    public void The_page_names_every_key()
    {
        JsonNode recipe = JsonNode.Parse(RecipeWriter.Write(RecipeLibrary.Load("two-phase")))!;
        Assert.All(KeysOf(recipe).Concat(["phases[].learningRate", "phases[].encoderLearningRate"]),
            key => Assert.Contains($"| `{key}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_names_every_built_in_recipe_and_preset() =>
        Assert.All(RecipeLibrary.Names.Concat(ModelPresets.All.Select(preset => preset.Name)),
            name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));

    [Fact]
    public void The_examples_on_the_page_are_recipes()
    {
        MatchCollection examples = Regex.Matches(Page, "```json\n(.*?)```", RegexOptions.Singleline);
        Assert.NotEmpty(examples);
        Assert.All(examples, example => RecipeReader.Read(example.Groups[1].Value, "docs/recipes.md"));
    }

    // The paths of all values, as the page writes them: model.channels, phases[].images.
    private static IEnumerable<string> KeysOf(JsonNode? node, string path = "") => node switch
    {
        JsonObject json when path != "phases[].schedule" =>
            json.SelectMany(member => KeysOf(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray array when array is [JsonObject, ..] => array.SelectMany(item => KeysOf(item, path + "[]")).Distinct(),
        _ => [path],
    };
}
