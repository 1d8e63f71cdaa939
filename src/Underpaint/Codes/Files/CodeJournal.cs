using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>
/// Codes as they come: a file to which batches are only added, each with its checksum, so that an interrupted encoding goes on after
/// the last whole one. One process holds it at a time.
/// </summary>
/// <remarks>The header's JSON and then each batch stand as length, CRC-32 and bytes; all numbers little-endian.</remarks>
internal sealed class CodeJournal : ICodeSource
{
    private const int FrameBytes = 2 * sizeof(int);
    private const int MaxBatchBytes = 1 << 30;
    private readonly FileStream _file;
    private readonly CodeHeader _header;
    private long _start;

    private CodeJournal(FileStream file, CodeHeader header)
    {
        (_file, _header, Next) = (file, header, header.Origin.First);
    }

    public string Path => _file.Name;

    public CodeOrigin Origin => _header.Origin;

    public IReadOnlyList<string> LabelNames => _header.LabelNames;

    public int Count { get; private set; }

    /// <summary>The number of the first image that is still to be encoded.</summary>
    public int Next { get; private set; }

    public CodeStatistics Statistics => CodeStatistics.Of(Read().Select(rows => rows.Codes), Origin.CodeSize);

    /// <summary>Goes on with a journal, or begins one. A batch that a crash cut off is removed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What its codes are about.</param>
    /// <exception cref="UnderpaintException">Another process has it, it was begun for something else, or it cannot be written.</exception>
    public static CodeJournal Open(string path, CodeHeader header)
    {
        FileStream file = Hold(path);
        try
        {
            var journal = new CodeJournal(file, header);
            journal.Continue();
            return journal;
        }
        catch (Exception e)
        {
            file.Dispose();
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
        try
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write(Frame(Pack(rows, next)));
            _file.Flush();
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(Path, e);
        }
        (Count, Next) = (Count + rows.Count, next);
    }

    public IEnumerable<CodeRows> Read(int rows = 64)
    {
        long position = _start;
        while (TryReadFrame(position) is { } batch)
        {
            position += FrameBytes + batch.Length;
            yield return Unpack(batch).Rows;
        }
    }

    /// <summary>Gives it up; the file stays, to be gone on with.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Gives it up and deletes the file: its codes are safe elsewhere.</summary>
    public void Delete()
    {
        try
        {
            _file.Dispose();
            File.Delete(Path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(Path, e);
        }
    }

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
        byte[] header = Frame(Encoding.UTF8.GetBytes((_header with { Origin = Origin with { Data = "" } }).Write()));
        if (!StartsWith(header))
            throw new UnderpaintException($"{Path} was begun {DifferenceAtBeginning()}.",
                "Give the same command as then to go on with it, or delete it to begin anew.");
        if (_file.Length < header.Length)
            Rewrite(header);
        _start = header.Length;
        long end = _start;
        while (TryReadFrame(end) is { } batch)
        {
            var (rows, next) = Unpack(batch);
            if (next <= Next)
                throw CodeHeader.Broken(Path, "holds the same batch twice");
            (Count, Next, end) = (Count + rows.Count, next, end + FrameBytes + batch.Length);
        }
        _file.SetLength(end);
    }

    // As far as the file goes: of a header that a crash cut off, the beginning is there.
    private bool StartsWith(byte[] header)
    {
        var start = new byte[Math.Min(header.Length, _file.Length)];
        _file.Seek(0, SeekOrigin.Begin);
        _file.ReadExactly(start);
        return header.AsSpan().StartsWith(start);
    }

    private string DifferenceAtBeginning()
    {
        try
        {
            byte[]? begun = TryReadFrame(0);
            return CodeHeader.Parse(begun is null ? null : Encoding.UTF8.GetString(begun), Path).Origin.DifferenceFrom(Origin);
        }
        catch (FileFormatException)
        {
            return "for something else";
        }
    }

    private void Rewrite(byte[] header)
    {
        _file.SetLength(0);
        _file.Write(header);
        _file.Flush();
    }

    private static byte[] Frame(byte[] bytes)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        BinaryPrimitives.WriteInt32LittleEndian(frame, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(int)..], Crc32.HashToUInt32(bytes));
        return [.. frame, .. bytes];
    }

    // Null at the end, and where what follows was cut off.
    private byte[]? TryReadFrame(long position)
    {
        try
        {
            Span<byte> frame = stackalloc byte[FrameBytes];
            _file.Seek(position, SeekOrigin.Begin);
            if (_file.ReadAtLeast(frame, FrameBytes, throwOnEndOfStream: false) < FrameBytes)
                return null;
            int length = BinaryPrimitives.ReadInt32LittleEndian(frame);
            if (length < 0 || length > MaxBatchBytes || length > _file.Length - _file.Position)
                return null;
            var bytes = new byte[length];
            _file.ReadExactly(bytes);
            return Crc32.HashToUInt32(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(frame[sizeof(int)..]) ? bytes : null;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(Path, e);
        }
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
        writer.Write(MemoryMarshal.AsBytes<float>(rows.StochasticCodes));
        return bytes.ToArray();
    }

    private (CodeRows Rows, int Next) Unpack(byte[] batch)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(batch));
            int next = reader.ReadInt32(), count = reader.ReadInt32(), perRow = Origin.CodeSize + Origin.StochasticCodeSize;
            if (next <= Origin.First || next > Origin.End || count < 0 || (long)count * perRow * sizeof(float) > batch.Length)
                throw CodeHeader.Broken(Path, "holds a batch that cannot be");
            var rows = new CodeRows
            {
                Indices = new int[count],
                Labels = new int[count],
                Files = new string[count],
                Codes = new float[count * Origin.CodeSize],
                StochasticCodes = new float[count * Origin.StochasticCodeSize],
            };
            for (int i = 0; i < count; i++)
                (rows.Indices[i], rows.Labels[i], rows.Files[i]) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.Codes.AsSpan()));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.StochasticCodes.AsSpan()));
            return (CodeChecks.Check(rows, _header, Path), next);
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw CodeHeader.Broken(Path, "holds a batch that ends before it should", e);
        }
    }
}
