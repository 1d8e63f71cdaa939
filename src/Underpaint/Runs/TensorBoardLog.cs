using System.Globalization;
using Underpaint.Reports.TensorBoard;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// A run's figures and pictures for TensorBoard. Each process that trains the run adds a file of its own, whose first events say from
/// where it goes on; so nothing that is written is ever changed, and a process that dies spoils at most its own last event.
/// </summary>
internal sealed class TensorBoardLog
{
    // TensorBoard finds files by a part of this name, and reads them in its order.
    private const string Prefix = "events.out.tfevents.";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly IFiles _files;
    private string? _path;
    private long _told;

    /// <summary>Uses a run's folder; nothing is written before the first figures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="startedAt">Images seen when this process took the run up.</param>
    /// <param name="time">The clock.</param>
    /// <param name="files">Where files are written.</param>
    public TensorBoardLog(RunFolder run, long startedAt, TimeProvider time, IFiles files) =>
        (_folder, _told, _time, _files) = (run.TensorBoardFolder, startedAt, time, files);

    /// <summary>Adds how a stretch of training went, in the group of its phase.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the file cannot be written.</exception>
    public void Add(TickRecord tick) => Append(tick.ImagesSeen, EventMessage.Scalars(_time.GetUtcNow(), tick.ImagesSeen,
    [
        ($"{tick.Phase}/loss", tick.Loss), ($"{tick.Phase}/gradient norm", tick.GradientNorm),
        ($"{tick.Phase}/learning rate", tick.LearningRate), ($"{tick.Phase}/images per second", tick.ImagesPerSecond),
    ]));

    /// <summary>Adds how well the validation images were reconstructed, in the group of its phase.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the file cannot be written.</exception>
    public void Add(ValidationRecord look) => Append(look.ImagesSeen, EventMessage.Scalars(_time.GetUtcNow(), look.ImagesSeen,
    [
        ($"{look.Phase}/PSNR", look.Psnr), ($"{look.Phase}/SSIM", look.Ssim),
        ($"{look.Phase}/PSNR of structure images", look.StructurePsnr), ($"{look.Phase}/SSIM of structure images", look.StructureSsim),
    ]));

    /// <summary>Adds a sheet of validation pictures.</summary>
    /// <param name="imagesSeen">Images seen.</param>
    /// <param name="png">The sheet, a PNG file.</param>
    /// <exception cref="UnderpaintException">The disk is full or the file cannot be written.</exception>
    public void Add(long imagesSeen, byte[] png) =>
        Append(imagesSeen, EventMessage.Picture(_time.GetUtcNow(), imagesSeen, "validation images", png));

    private void Append(long imagesSeen, ProtobufMessage message)
    {
        try
        {
            string path = _path ?? Begin();
            using Stream file = _files.Open(path);
            file.Seek(0, SeekOrigin.End);
            file.Write(EventRecord.Frame(message.ToArray()));
            (_path, _told) = (path, imagesSeen);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            // After half a record nothing can be read any more: the next event begins another file.
            _path = null;
            throw DiskError.Writing(_folder, e);
        }
    }

    private string Begin()
    {
        if (!Directory.Exists(_folder))
            _files.CreateFolder(_folder);
        int number = 1 + Directory.EnumerateFiles(_folder, Prefix + "*").Select(NumberOf).DefaultIfEmpty(0).Max();
        string path = Path.Combine(_folder, Prefix + number.ToString("D4", CultureInfo.InvariantCulture));
        DateTimeOffset now = _time.GetUtcNow();
        using Stream file = _files.Open(path);
        file.Write([.. EventRecord.Frame(EventMessage.Opening(now).ToArray()), .. EventRecord.Frame(EventMessage.TakenUp(now, _told).ToArray())]);
        return path;
    }

    private static int NumberOf(string path) =>
        int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
