using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>
/// The last save of a training: tried until it succeeds, however long the disk takes to be mended, for what was learnt since the newest checkpoint
/// exists nowhere else. Whoever does not want to wait ends the process.
/// </summary>
/// <param name="save">Saves what is not saved yet.</param>
/// <param name="bytes">How much free space that takes.</param>
/// <param name="holds">Whether the disk has so much.</param>
internal sealed class LastSave(Action save, Func<long> bytes, Func<long, bool> holds)
{
    /// <summary>After so long it is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // A failure that lasts is told every ten minutes.
    private const int PausesPerNote = 20;

    private string Again => $"This last save is tried again every {Pause.TotalSeconds:0} s, and takes {RunSpace.Text(bytes())} "
        + "of free space. Ctrl-C, pressed twice, ends the run without it.";

    /// <summary>Returns when it has succeeded.</summary>
    /// <param name="note">Told why it has not yet.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <exception cref="UnderpaintException">Something else than the disk prevents it.</exception>
    public void Wait(Action<string> note, TimeProvider time)
    {
        UnderpaintException? failure = Try();
        for (int pauses = 0; failure is not null; pauses++)
        {
            if (pauses % PausesPerNote == 0)
                note($"{failure.Message} {Again}");
            Task.Delay(Pause, time).GetAwaiter().GetResult();
            // A disk that is too full would be filled to the brim by each try, for everyone else on it as well.
            if (holds(bytes()))
                failure = Try();
        }
    }

    private UnderpaintException? Try()
    {
        try
        {
            save();
            return null;
        }
        catch (UnderpaintException e) when (e.InnerException is { } cause && DiskError.Is(cause))
        {
            return e;
        }
    }
}
