using System.Text.Json.Nodes;
using Underpaint.Runs;

namespace Underpaint.Tests.Runs;

public sealed class EvaluationStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];
    private readonly EvaluationStore _store;

    public EvaluationStoreTests() => _store = new(_folder.File("model.safetensors"), _notes.Add);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_piece_is_found_by_its_whole_key()
    {
        _store.Save(new() { Key = Key("a"), Names = ["image"] });
        Assert.Equal(["image"], _store.Find(Key("a"))!.Names);
        Assert.Null(_store.Find(Key("b")));
        Assert.Empty(_notes);
    }

    [Fact]
    public void A_piece_that_is_too_large_to_be_read_again_is_not_written_and_that_is_said()
    {
        _store.Save(new() { Key = Key("a"), Names = [new string('x', EvaluationStore.MaxBytes)] });
        Assert.Contains("measured again", Assert.Single(_notes), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Null(_store.Find(Key("a")));
    }

    private static JsonObject Key(string what) => new() { ["what"] = what };
}
