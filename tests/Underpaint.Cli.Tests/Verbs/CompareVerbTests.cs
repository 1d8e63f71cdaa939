using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class CompareVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_says_who_is_better_names_what_is_missing_and_defines_its_figures()
    {
        Outcome outcome = CompareWith([_folder.File("nowhere")], "--steps", "1,2");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        string text = outcome.Out;
        Assert.Contains("In 2 steps, ", text);
        Assert.Contains("PSNR, dB ↑", text);
        Assert.Contains("4 images of 4 ornaments", text);
        Assert.Contains("GMSD: as in the authors' code;", text);
        Assert.Contains("missing: nowhere", outcome.Error);
    }

    [Fact]
    public void Json_is_one_object_with_the_documented_keys()
    {
        JsonObject json = JsonNode.Parse(Compare("--steps", "1", "--json").Succeeded())!.AsObject();
        Assert.Equal(["data", "images", "seed", "notes", "missing", "runs", "differences"], json.Select(property => property.Key));
        Assert.Equal("tiny", (string)json["runs"]![0]!["recipe"]!);
    }

    [Fact]
    public void The_page_is_written_where_it_is_asked_for()
    {
        string page = _folder.File("page.html");
        Assert.Contains(page, Compare("--steps", "1,2", "--html", page).Succeeded());
        Assert.StartsWith("<!doctype html>", File.ReadAllText(page));
    }

    [Fact]
    public void A_page_without_a_folder_is_refused_before_the_work() =>
        Cli.Run("compare", _folder.File("a"), "--html", _folder.File("none", "page.html"), "--device", "cpu")
            .FailedWith(ExitCode.Failed, "no folder", "page.html");

    [Fact]
    public void Figures_are_shown_even_where_the_page_cannot_be_written()
    {
        Outcome outcome = Compare("--steps", "1", "--html", _folder.File($"{new string('x', 300)}.html"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("PSNR, dB ↑", outcome.Out);
        Assert.Contains("Cannot write", outcome.Error);
    }

    [Fact]
    public void Without_a_single_run_it_fails() =>
        Cli.Run("compare", _folder.File("a"), _folder.File("b")).FailedWith(ExitCode.Failed, "Not one of the runs can be compared");

    [Fact]
    public void Stopped_it_says_that_nothing_is_lost()
    {
        Outcome outcome = Cli.RunStopped("compare", tiny.Folder, "--data", "ornaments:4,16,8", "--device", "cpu");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("what is finished is kept", outcome.Error);
    }

    private Outcome Compare(params string[] options) => CompareWith([], options);

    private Outcome CompareWith(string[] more, params string[] options)
    {
        string copy = _folder.File("copy");
        Directory.CreateDirectory(copy);
        foreach (string name in (string[])["recipe.json", "environment.json", "model.safetensors"])
            File.Copy(Path.Combine(tiny.Folder, name), Path.Combine(copy, name), overwrite: true);
        string other = _folder.File("other.safetensors");
        File.Copy(tiny.Model, other, overwrite: true);
        return Cli.Run(["compare", copy, other, .. more, "--data", "ornaments:4,16,8", "--device", "cpu", .. options]);
    }
}
