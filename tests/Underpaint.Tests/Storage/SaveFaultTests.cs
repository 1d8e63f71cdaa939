using System.Security.Cryptography;
using System.Text;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>
/// Every step of every save of a run × every fault. The run is a chain of hashes, so that any wrong state would show at its
/// end; the store is the real one.
/// </summary>
public class SaveFaultTests
{
    private const int Steps = 5;
    private const int Keep = 2;

    [Theory]
    [InlineData(Fault.Full)]
    [InlineData(Fault.Broken)]
    [InlineData(Fault.Forbidden)]
    [InlineData(Fault.Killed)]
    [InlineData(Fault.PowerCutOfNames)]
    [InlineData(Fault.PowerCutOfContents)]
    public void Whatever_happens_at_any_step_of_a_save_the_run_ends_as_if_it_had_not(Fault fault)
    {
        var met = new HashSet<SavePoint>();
        for (int step = 1; ; step++)
        {
            using var folder = new TemporaryFolder();
            string store = folder.File("checkpoints");
            int steps = 0;
            using var files = new InjectedFiles(fault, _ => ++steps == step);
            long saved = Train(store, files, from: 0);
            if (!files.Happened)
                break;
            met.Add(files.Point!.Value);
            files.Restart();

            // What was reported as saved is there, and the newest that verifies is what the run had been there.
            CheckpointSearch search = new CheckpointStore(store, Keep).FindNewest();
            Assert.True((search.Newest?.ImagesSeen ?? 0) >= saved, $"{fault} at step {step} ({files.Point}) lost {saved}");
            Assert.Empty(search.Rejected);
            Assert.Equal(StateAfter((int)(search.Newest?.ImagesSeen ?? 0)), StateOf(search.Newest));

            Assert.Equal(Steps, Train(store, Disk.Instance, search.Newest?.ImagesSeen ?? 0));
            Assert.Equal(StateAfter(Steps), StateOf(new CheckpointStore(store, Keep).FindNewest().Newest));
            Assert.InRange(Directory.GetDirectories(store).Length, Keep, Keep + 1);
        }
        SavePoint[] all = [.. Enum.GetValues<SavePoint>().Where(point => point < SavePoint.OtherCreate)];
        Assert.Superset(all.ToHashSet(), met);
    }

    // A run that goes on when a save fails, as long as it lives. Returns the last position that was reported as saved.
    private static long Train(string folder, IFiles files, long from)
    {
        var store = new CheckpointStore(folder, Keep, files);
        long saved = from;
        string state = StateOf(store.FindNewest().Newest);
        for (long position = from + 1; position <= Steps; position++)
        {
            state = Next(state);
            byte[] bytes = Encoding.ASCII.GetBytes(state);
            try
            {
                _ = store.Save(position, [new("state.txt", stream => stream.Write(bytes)), new("empty.txt", _ => { })]);
                saved = position;
            }
            catch (UnderpaintException)
            {
                // The next save tries again.
            }
        }
        return saved;
    }

    private static string StateAfter(int steps) => Enumerable.Range(0, steps).Aggregate("", (state, _) => Next(state));

    private static string Next(string state) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(state)));

    private static string StateOf(Checkpoint? checkpoint) => checkpoint is null ? "" : File.ReadAllText(checkpoint.PathOf("state.txt"));
}
