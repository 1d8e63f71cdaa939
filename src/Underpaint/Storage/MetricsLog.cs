using System.Text.Json;
using System.Text.Json.Nodes;

namespace Underpaint.Storage;

/// <summary>
/// A run's metrics: one JSON object per line, each with a whole number <c>imagesSeen</c>. Lines are only ever added; a line
/// that a crash cut off is ignored by readers and removed by the next writer. One process writes, any number read meanwhile.
/// </summary>
public sealed class MetricsLog
{
    /// <summary>The most bytes that a line may have, without its end: 1 MiB.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>The most bytes that a file may have to be read: 32 MiB, a hundred times what a long run writes.</summary>
    public const int MaxBytes = 32 << 20;

    private const int BlockBytes = 1 << 16;
    private const byte LineEnd = (byte)'\n';
    private readonly string _path;
    private readonly IFiles _files;

    /// <summary>Uses a file; it is created with its first line.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    public MetricsLog(string path)
        : this(path, Disk.Instance)
    {
    }

    internal MetricsLog(string path, IFiles files) => (_path, _files) = (path, files);

    /// <summary>
    /// Adds a line. It is with the operating system when this returns, so it outlives a killed process, though perhaps not a
    /// power cut.
    /// </summary>
    /// <param name="line">The line. It has a whole number <c>imagesSeen</c>, and no NaN or infinity, which JSON lacks.</param>
    /// <exception cref="ArgumentException">The line has no <c>imagesSeen</c>, a NaN or an infinity, or over 1 MiB.</exception>
    /// <exception cref="FileFormatException">The file ends in more than 1 MiB that are no line.</exception>
    /// <exception cref="UnderpaintException">The disk is full or the file cannot be written; earlier lines are kept.</exception>
    public void Append(JsonObject line)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(line);
        if (bytes.Length > MaxLineBytes || MetricsLine.PositionOf(line) is null)
            throw new ArgumentException($"A line has a whole number imagesSeen and at most {MaxLineBytes} bytes.", nameof(line));
        try
        {
            using Stream file = _files.Open(_path);
            file.SetLength(EndOfLastLine(file));
            file.Seek(0, SeekOrigin.End);
            file.Write([.. bytes, LineEnd]);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(_path, e);
        }
    }

    /// <summary>Removes, in one step, the lines past a position: those of steps that a resumed run takes again.</summary>
    /// <param name="imagesSeen">The position that the run goes on from; lines of exactly this position stay.</param>
    /// <exception cref="FileFormatException">The file is damaged; it is untouched.</exception>
    /// <exception cref="UnderpaintException">The file cannot be written; it is untouched.</exception>
    public void Truncate(long imagesSeen)
    {
        if (!File.Exists(_path))
            return;
        AtomicFile.Write(_path, stream =>
        {
            foreach ((byte[] bytes, JsonObject line) in Lines())
            {
                if (MetricsLine.PositionOf(line) <= imagesSeen)
                    stream.Write([.. bytes, LineEnd]);
            }
        }, _files);
    }

    /// <summary>Reads the lines, one after the other, also while the run goes on. None where there is no file yet.</summary>
    /// <exception cref="FileFormatException">A line other than a cut-off last one is damaged, or there are over 32 MiB.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public IEnumerable<JsonObject> ReadAll() => Lines().Select(line => line.Line);

    private IEnumerable<(byte[] Bytes, JsonObject Line)> Lines()
    {
        int number = 0;
        foreach (byte[] bytes in WholeLines())
        {
            number++;
            yield return (bytes, MetricsLine.TryParse(bytes) ?? throw Broken($"is damaged in line {number}"));
        }
    }

    // What stands after the last line end was cut off by a crash, or is just being written.
    private IEnumerable<byte[]> WholeLines()
    {
        using Stream? file = OpenRead();
        using var line = new MemoryStream();
        var block = new byte[BlockBytes];
        long total = 0;
        for (int read = Read(file, block); read > 0; read = Read(file, block))
        {
            total += read;
            if (total > MaxBytes)
                throw Broken($"has more than {MaxBytes} bytes");
            int start = 0;
            for (int end; (end = Array.IndexOf(block, LineEnd, start, read - start)) >= 0; start = end + 1)
            {
                line.Write(block, start, end - start);
                yield return line.Length <= MaxLineBytes ? line.ToArray() : throw TooLong();
                line.SetLength(0);
            }
            line.Write(block, start, read - start);
            if (line.Length > MaxLineBytes)
                throw TooLong();
        }
    }

    private FileStream? OpenRead()
    {
        try
        {
            return File.Exists(_path)
                ? new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
                : null;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(_path, e);
        }
    }

    private int Read(Stream? file, byte[] block)
    {
        try
        {
            return file?.Read(block) ?? 0;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(_path, e);
        }
    }

    private long EndOfLastLine(Stream file)
    {
        var tail = new byte[1];
        if (file.Length == 0)
            return 0;
        file.Seek(-1, SeekOrigin.End);
        file.ReadExactly(tail);
        if (tail[0] == LineEnd)
            return file.Length;
        tail = new byte[Math.Min(file.Length, MaxLineBytes + 1)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        int end = Array.LastIndexOf(tail, LineEnd);
        if (end < 0 && file.Length > tail.Length)
            throw TooLong();
        return file.Length - tail.Length + end + 1;
    }

    private FileFormatException TooLong() => Broken($"has a line of more than {MaxLineBytes} bytes");

    private FileFormatException Broken(string problem) =>
        new(_path, problem, "Move the file away to go on without its curves; weights and checkpoints do not depend on it.");
}
