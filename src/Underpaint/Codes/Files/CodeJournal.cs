using System.Runtime.InteropServices;
using System.Text;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>
/// Codes as they come: a file to which batches are only added, each with its checksums, so that an interrupted encoding goes on after
/// the last whole one. One process holds it at a time.
/// </summary>
/// <remarks>
/// First the header's JSON stands in a frame, then each batch in one, and its stochastic codes, where there are any, in another: they are most
/// of the file, and what needs only the codes passes them over.
/// </remarks>
internal sealed class CodeJournal : ICodeSource
{
    private readonly JournalFrames _frames;
    private readonly CodeHeader _header;
    private long _start, _end;

    private CodeJournal(JournalFrames frames, CodeHeader header)
    {
        (_frames, _header, Next) = (frames, header, header.Origin.First);
    }

    public string Path => _frames.Path;

    public CodeOrigin Origin => _header.Origin;

    public IReadOnlyList<string> LabelNames => _header.LabelNames;

    public int Count { get; private set; }

    /// <summary>The number of the first image that is still to be encoded.</summary>
    public int Next { get; private set; }

    /// <summary>Goes on with a journal, or begins one. A batch that a crash cut off is removed, as are zeros at the end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What its codes are about.</param>
    /// <exception cref="UnderpaintException">Another process has it, it was begun for something else, or it cannot be written.</exception>
    public static CodeJournal Open(string path, CodeHeader header)
    {
        var frames = new JournalFrames(Hold(path));
        try
        {
            var journal = new CodeJournal(frames, header);
            journal.Continue();
            return journal;
        }
        catch (Exception e)
        {
            frames.Dispose();
            if (DiskError.Is(e))
                throw DiskError.Writing(path, e);
            throw;
        }
    }

    /// <summary>Adds a batch. It is with the operating system when this returns, so it outlives a killed process.</summary>
    /// <param name="rows">The codes; may be none.</param>
    /// <param name="next">The number after the last image that the batch is about.</param>
    /// <exception cref="UnderpaintException">The disk is full or the file cannot be written.</exception>
    public void Add(CodeRows rows, int next)
    {
        byte[] batch = JournalFrames.Frame(Pack(rows, next));
        byte[] stochastic = IsExact ? JournalFrames.Frame(MemoryMarshal.AsBytes<float>(rows.StochasticCodes).ToArray()) : [];
        try
        {
            _frames.Append(batch, stochastic);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(Path, e);
        }
        (Count, Next, _end) = (Count + rows.Count, next, _end + batch.Length + stochastic.Length);
    }

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        for (long position = _start; position < _end;)
        {
            // It was whole when it was opened, or written by this very process.
            var (batch, _) = TryReadBatch(ref position, parts) ?? throw CodeHeader.Broken(Path, "has changed since it was opened");
            yield return batch;
        }
    }

    /// <summary>Gives it up; the file stays, to be gone on with.</summary>
    public void Dispose() => _frames.Dispose();

    /// <summary>Gives it up and deletes the file: its codes are safe elsewhere.</summary>
    public void Delete()
    {
        try
        {
            _frames.Dispose();
            File.Delete(Path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(Path, e);
        }
    }

    private bool IsExact => Origin.StochasticCodeSize > 0;

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (DiskError.IsInUse(e))
        {
            throw new UnderpaintException($"{path} is being written by another process.", "Wait until it has finished, or stop it.", e);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(path, e);
        }
    }

    private void Continue()
    {
        // How the path of the images is spelled makes no difference to the codes.
        byte[] header = JournalFrames.Frame(Encoding.UTF8.GetBytes((_header with { Origin = Origin with { Data = "" } }).Write()));
        // Of a header that a crash cut off, the beginning is there.
        byte[] begun = _frames.Start(header.Length);
        if (!header.AsSpan().StartsWith(begun))
            throw new UnderpaintException($"{Path} was begun {DifferenceAtBeginning()}.",
                "Give the same command as then to go on with it, or delete it to begin anew.");
        if (begun.Length < header.Length)
        {
            _frames.CutAt(0);
            _frames.Append(header);
        }
        _start = _end = header.Length;
        for (long position = _start; TryReadBatch(ref position, CodeParts.All) is var (rows, next); _end = position)
        {
            if (next <= Next)
                throw CodeHeader.Broken(Path, "holds the same batch twice");
            (Count, Next) = (Count + rows.Count, next);
        }
        _frames.CutAt(_end);
    }

    private string DifferenceAtBeginning()
    {
        try
        {
            long start = 0;
            byte[]? begun = _frames.TryRead(ref start);
            string difference = CodeHeader.Parse(begun is null ? null : Encoding.UTF8.GetString(begun), Path).Origin.DifferenceOfShareFrom(Origin);
            return difference.Length > 0 ? $"otherwise ({difference})" : "for something else";
        }
        catch (FileFormatException)
        {
            return "for something else";
        }
    }

    // Null at the end, and where what follows was cut off. Zeros, which a power cut leaves on some file systems, look like frames of nothing.
    private (CodeRows Rows, int Next)? TryReadBatch(ref long position, CodeParts parts)
    {
        if (_frames.TryRead(ref position) is not { Length: > 0 } batch)
            return null;
        byte[]? stochastic = [];
        if (IsExact && parts.HasFlag(CodeParts.StochasticCodes))
            stochastic = _frames.TryRead(ref position);
        else if (IsExact && !_frames.TrySkip(ref position))
            stochastic = null;
        return stochastic is null ? null : Unpack(batch, stochastic, parts);
    }

    private static byte[] Pack(CodeRows rows, int next)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(next);
        writer.Write(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            writer.Write(rows.Indices[i]);
            writer.Write(rows.Labels[i]);
            writer.Write(rows.Files[i]);
        }
        writer.Write(MemoryMarshal.AsBytes<float>(rows.Codes));
        return bytes.ToArray();
    }

    private (CodeRows Rows, int Next)? Unpack(byte[] batch, byte[] stochastic, CodeParts parts)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(batch));
            int next = reader.ReadInt32(), count = reader.ReadInt32(), perStochasticCode = parts.HasFlag(CodeParts.StochasticCodes) ? Origin.StochasticCodeSize : 0;
            if (count > 0 && perStochasticCode > 0 && stochastic.Length == 0)
                return null;
            if (next <= Origin.First || next > Origin.End || count < 0 || (long)count * Origin.CodeSize * sizeof(float) > batch.Length
                || (long)count * perStochasticCode * sizeof(float) != stochastic.Length)
                throw CodeHeader.Broken(Path, "holds a batch that cannot be");
            var rows = new CodeRows
            {
                Indices = new int[count],
                Labels = new int[count],
                Files = new string[count],
                Codes = new float[parts.HasFlag(CodeParts.Codes) ? count * Origin.CodeSize : 0],
                StochasticCodes = MemoryMarshal.Cast<byte, float>(stochastic).ToArray(),
            };
            for (int i = 0; i < count; i++)
                (rows.Indices[i], rows.Labels[i], rows.Files[i]) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.Codes.AsSpan()));
            return (CodeChecks.Check(rows, _header, Path), next);
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw CodeHeader.Broken(Path, "holds a batch that ends before it should", e);
        }
    }
}
