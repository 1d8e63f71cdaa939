using System.Text.Json;

namespace Underpaint.Storage;

/// <summary>
/// The right to write to a run: one process has it at a time. The operating system takes it back when the process ends, however
/// it ends, so a crash never leaves a run locked. Readers need no lock. Whoever acquires it disposes it.
/// </summary>
/// <remarks>Network file systems without file locks cannot keep a second writer on another machine out.</remarks>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _writerFile;

    private RunLock(FileStream held, string writerFile) => (_held, _writerFile) = (held, writerFile);

    /// <summary>Takes the right to write to a run, and clears away temporary files that a killed process left.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="RunInUseException">Another process has it; the message gives its process id and host.</exception>
    /// <exception cref="UnderpaintException">The folder cannot be written.</exception>
    public static RunLock Acquire(RunFolder run) => Acquire(run.Path, run.ModelsFolder, run.ImagesFolder);

    /// <summary>Where a folder's lock is held.</summary>
    internal static string LockFileIn(string folder) => Path.Combine(folder, ".lock");

    /// <summary>Who holds it; kept beside it.</summary>
    internal static string WriterFileIn(string folder) => Path.Combine(folder, ".writer.json");

    /// <summary>The same for any folder that one process at a time may write to.</summary>
    /// <param name="folder">The folder; it exists.</param>
    /// <param name="inside">Folders in it where temporary files may be too; they may be missing.</param>
    /// <inheritdoc cref="Acquire(RunFolder)"/>
    internal static RunLock Acquire(string folder, params string[] inside)
    {
        FileStream held = Hold(folder);
        string writerFile = WriterFileIn(folder);
        try
        {
            AtomicFile.WriteText(writerFile, JsonSerializer.Serialize(RunWriter.ThisProcess(), RunWriter.Json));
            foreach (string written in inside.Where(Directory.Exists).Prepend(folder))
                AtomicFile.RemoveLeftovers(written);
            return new RunLock(held, writerFile);
        }
        catch (Exception e)
        {
            held.Dispose();
            if (DiskError.Is(e))
                throw DiskError.Writing(folder, e);
            throw;
        }
    }

    /// <summary>Gives the right back.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_writerFile);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            // It only tells a second writer who the first is; the next one replaces it.
        }
        // The lock file itself stays: deleting it could take it from a process that has just opened it.
        _held.Dispose();
    }

    private static FileStream Hold(string folder)
    {
        string lockFile = LockFileIn(folder);
        try
        {
            return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (DiskError.IsInUse(e))
        {
            throw new RunInUseException(folder, RunWriter.Describe(WriterFileIn(folder)), e);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(lockFile, e);
        }
    }
}
