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
    public static RunLock Acquire(RunFolder run)
    {
        FileStream held = Hold(run);
        try
        {
            AtomicFile.WriteText(run.WriterFile, JsonSerializer.Serialize(RunWriter.ThisProcess(), RunWriter.Json));
            AtomicFile.RemoveLeftovers(run.Path);
            if (Directory.Exists(run.ModelsFolder))
                AtomicFile.RemoveLeftovers(run.ModelsFolder);
            return new RunLock(held, run.WriterFile);
        }
        catch (Exception e)
        {
            held.Dispose();
            if (DiskError.Is(e))
                throw DiskError.Writing(run.Path, e);
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

    private static FileStream Hold(RunFolder run)
    {
        try
        {
            return new FileStream(run.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (DiskError.IsInUse(e))
        {
            throw new RunInUseException(run.Path, RunWriter.Describe(run.WriterFile), e);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(run.LockFile, e);
        }
    }
}
