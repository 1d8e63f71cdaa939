using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class RunFolderTests
{
    [Fact]
    public void Runs_are_numbered_one_after_the_other()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("0001-two-phase", RunFolder.Create(folder.File("runs"), "two-phase").Name);
        Directory.CreateDirectory(folder.File("runs", "0041-other"));
        RunFolder run = RunFolder.Create(folder.File("runs"), "diffae");
        Assert.Equal(folder.File("runs", "0042-diffae"), run.Path);
        Assert.True(Directory.Exists(run.CheckpointsFolder) && Directory.Exists(run.ImagesFolder));
        Assert.Empty(Directory.GetFiles(folder.File("runs")));
    }

    [Fact]
    public void Runs_created_at_the_same_moment_get_different_numbers()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolder[24];
        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => runs[i] = RunFolder.Create(folder.Path, $"r{i}"));
        Assert.Equal(runs.Length, runs.Select(run => run.Name[..4]).Distinct().Count());
    }

    [Theory]
    [InlineData("Two phase, v2!", "Two-phase-v2")]
    [InlineData("../../etc", "etc")]
    [InlineData("画像", "run")]
    [InlineData("", "run")]
    public void A_name_becomes_part_of_a_plain_folder_name(string name, string plain)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"0001-{plain}", RunFolder.Create(folder.Path, name).Name);
    }

    [Fact]
    public void Only_folders_with_a_recipe_are_runs()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(RunFolder.List(folder.File("runs")));
        RunFolder first = RunFolder.Create(folder.Path, "a");
        RunFolder second = RunFolder.Create(folder.Path, "b");
        Assert.Throws<UnderpaintException>(() => RunFolder.Open(first.Path));
        Assert.Throws<UnderpaintException>(() => RunFolder.Open(folder.File("missing")));

        File.WriteAllText(second.RecipeFile, "{}");
        Assert.Equal(second.Path, Assert.Single(RunFolder.List(folder.Path)).Path);
        Assert.Equal(second.Name, RunFolder.Open(second.Path + "/").Name);
    }

    [Fact]
    public void A_run_without_a_folder_of_checkpoints_takes_no_space()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder.Path, "a");
        Directory.Delete(run.CheckpointsFolder);
        Assert.Equal(0, run.SavedBytes());
    }

    [Fact]
    public void A_root_that_cannot_be_written_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => RunFolder.Create(folder.File("file", "runs"), "a"));
        Assert.Contains(folder.File("file", "runs"), e.What, StringComparison.Ordinal);
    }
}
