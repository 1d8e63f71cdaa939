namespace Underpaint.Harness.Fuzzing;

/// <summary>A reader under attack.</summary>
/// <param name="Name">Its name: of options, folders and reports.</param>
/// <param name="Seeds">Good inputs, which are mutated.</param>
/// <param name="Read">Reads an input as a user's file is read; throws nothing but <see cref="UnderpaintException"/>.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Read)
{
    /// <summary>Pieces that mean something to the reader, to be put in anywhere.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>Makes checksums right again, so that what lies behind them is reached too; used for every second input.</summary>
    public Func<byte[], byte[]> Mend { get; init; } = input => input;

    /// <summary>Writes an input where a reader looks for it.</summary>
    public static void Put(string path, byte[] input)
    {
        // Some file systems wait for the disk when a file is cut and written anew; a new file costs nothing.
        File.Delete(path);
        File.WriteAllBytes(path, input);
    }
}
