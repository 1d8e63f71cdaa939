using Underpaint.Diffusion;
using Underpaint.Reports;
using Underpaint.Training;

namespace Underpaint.Tests.Reports;

public sealed class ModelCardTests
{
    private static readonly ModelCardData Data = new()
    {
        Recipe = Tiny.Recipe,
        ImagesSeen = 96,
        Weights = 12345,
        WeightsFile = "model.safetensors",
    };

    [Fact]
    public void The_header_has_what_model_hubs_ask_for()
    {
        (string Key, string Value)[] header = [.. Header(Data with { Datasets = ["ffhq", "my: photos"] })];
        Assert.Equal(["license", "library_name", "pipeline_tag", "tags", "datasets", "metrics"], header.Select(entry => entry.Key));
        Assert.Contains(("license", "unknown"), header);
        Assert.Contains(("library_name", "underpaint"), header);
        Assert.Contains(("datasets", "ffhq \"my: photos\""), header);
        Assert.Contains(("metrics", "psnr ssim"), header);
    }

    [Fact]
    public void Without_data_sets_the_header_has_none() => Assert.DoesNotContain("datasets", Header(Data).Select(entry => entry.Key));

    [Fact]
    public void The_recipe_in_it_is_the_model_s()
    {
        string card = ModelCard.Write(Data);
        string json = card.Split("```json\n")[1].Split("```")[0];
        Assert.Equal(RecipeWriter.Write(Tiny.Recipe), RecipeWriter.Write(RecipeReader.Read(json, "card")));
    }

    [Fact]
    public void Only_a_model_of_the_baseline_is_said_to_suit_the_official_sampler()
    {
        const string Warning = "The official sampler expects noise on linear-beta";
        Assert.Contains("velocity on the schedule shifted-cosine 4", ModelCard.Write(Data));
        Assert.Contains(Warning, ModelCard.Write(Data));
        Recipe baseline = Tiny.Recipe with
        {
            Phases = [new() { Name = "all", Images = 96, Schedule = NoiseSchedule.LinearBeta, Predict = Prediction.Noise }],
        };
        Assert.DoesNotContain(Warning, ModelCard.Write(Data with { Recipe = baseline }));
        Assert.Contains("have 4 groups", ModelCard.Write(Data with { Recipe = baseline with { Model = Tiny.Model with { Groups = 4 } } }));
    }

    [Fact]
    public void An_imported_model_tells_its_origin_and_what_is_not_known()
    {
        string card = ModelCard.Write(Data with { Origin = "imported from a|b.ckpt", ImagesSeen = 0 });
        Assert.Contains("| origin | imported from a\\|b.ckpt |", card);
        Assert.Contains("an unknown number of images", card);
        Assert.Contains("| structure | unknown | highest-noise | velocity |", card);
    }

    // As simple a reader of YAML as the header needs: keys at the line's start, lists below them.
    private static IEnumerable<(string Key, string Value)> Header(ModelCardData data)
    {
        string[] lines = ModelCard.Write(data).Split('\n');
        Assert.Equal("---", lines[0]);
        string? key = null;
        var values = new List<string>();
        foreach (string line in lines.Skip(1))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                values.Add(line[2..]);
                continue;
            }
            if (key is not null)
                yield return (key, string.Join(' ', values));
            if (line == "---")
                yield break;
            values = [line[(line.IndexOf(':') + 1)..].Trim()];
            values.RemoveAll(value => value.Length == 0);
            key = line[..line.IndexOf(':')];
        }
        Assert.Fail("The header has no end.");
    }
}
