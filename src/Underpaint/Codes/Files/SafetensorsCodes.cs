using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>
/// Codes in a safetensors file: <c>codes</c> (N, code), <c>indices</c> and <c>labels</c> (N), the images' names as UTF-8 in <c>files</c>
/// with each one's end in <c>fileEnds</c>; <c>stochasticCodes</c> (N, C, H, W) where there are any.
/// </summary>
internal sealed class SafetensorsCodes : ICodeSource
{
    private const string CodesName = "codes", IndicesName = "indices", LabelsName = "labels", FilesName = "files", FileEndsName = "fileEnds",
        StochasticCodesName = "stochasticCodes";

    private readonly SafetensorsFile _file;
    private readonly CodeHeader _header;

    public SafetensorsCodes(string path)
    {
        _file = SafetensorsFile.Open(path);
        try
        {
            _header = CodeHeader.Parse(_file.Metadata.GetValueOrDefault(CodeHeader.Key), path);
            Count = CountCodes();
            CheckTensors();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path => _file.Path;

    public CodeOrigin Origin => _header.Origin;

    public IReadOnlyList<string> LabelNames => _header.LabelNames;

    public int Count { get; }

    public static void Write(string path, ICodeSource codes, CodeHeader header)
    {
        CodeOrigin origin = codes.Origin;
        long nameBytes = codes.Read(parts: CodeParts.None).Sum(rows => rows.Files.Sum(file => (long)Encoding.UTF8.GetByteCount(file)));
        List<TensorData> tensors =
        [
            new(CodesName, DType.F32, [codes.Count, origin.CodeSize], stream => Put(stream, rows => AsBytes<float>(rows.Codes), CodeParts.Codes)),
            new(IndicesName, DType.I32, [codes.Count], stream => Put(stream, rows => AsBytes<int>(rows.Indices))),
            new(LabelsName, DType.I32, [codes.Count], stream => Put(stream, rows => AsBytes<int>(rows.Labels))),
            new(FilesName, DType.U8, [nameBytes], stream => Put(stream, rows => Encoding.UTF8.GetBytes(string.Concat(rows.Files)))),
            new(FileEndsName, DType.I64, [codes.Count], stream =>
            {
                long end = 0;
                Put(stream, rows => AsBytes<long>([.. rows.Files.Select(file => end += Encoding.UTF8.GetByteCount(file))]));
            }),
        ];
        if (origin.StochasticCodeSize > 0)
            tensors.Add(new(StochasticCodesName, DType.F32, [codes.Count, origin.Channels, origin.ImageSize, origin.ImageSize],
                stream => Put(stream, rows => AsBytes<float>(rows.StochasticCodes), CodeParts.StochasticCodes)));
        var metadata = new Dictionary<string, string> { [CodeHeader.Key] = header.Write() };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, metadata));

        void Put(Stream stream, Func<CodeRows, byte[]> bytes, CodeParts part = CodeParts.None)
        {
            foreach (CodeRows rows in codes.Read(parts: part))
                stream.Write(bytes(rows));
        }
    }

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        rows = CodeChecks.AtATime(rows, Origin);
        long nameStart = 0;
        for (int first = 0; first < Count; first += rows)
        {
            int count = Math.Min(rows, Count - first);
            long[] ends = Slice<long>(FileEndsName, first, count);
            yield return CodeChecks.Check(new CodeRows
            {
                Indices = Slice<int>(IndicesName, first, count),
                Labels = Slice<int>(LabelsName, first, count),
                Files = Names(nameStart, ends),
                Codes = parts.HasFlag(CodeParts.Codes) ? Slice<float>(CodesName, first * (long)Origin.CodeSize, count * Origin.CodeSize) : [],
                StochasticCodes = parts.HasFlag(CodeParts.StochasticCodes) && Origin.StochasticCodeSize > 0
                    ? Slice<float>(StochasticCodesName, first * (long)Origin.StochasticCodeSize, count * Origin.StochasticCodeSize)
                    : [],
            }, _header, Path);
            nameStart = ends[^1];
        }
    }

    public void Dispose() => _file.Dispose();

    private int CountCodes() =>
        _file.Tensors.TryGetValue(CodesName, out TensorEntry? codes) && codes.Shape is [<= int.MaxValue, _]
            ? (int)codes.Shape[0]
            : throw CodeHeader.Broken(Path, "holds no codes");

    private void CheckTensors()
    {
        CheckTensor(CodesName, DType.F32, Count, Origin.CodeSize);
        CheckTensor(IndicesName, DType.I32, Count);
        CheckTensor(LabelsName, DType.I32, Count);
        CheckTensor(FileEndsName, DType.I64, Count);
        if (Origin.StochasticCodeSize > 0)
            CheckTensor(StochasticCodesName, DType.F32, Count, Origin.Channels, Origin.ImageSize, Origin.ImageSize);
        if (!_file.Tensors.TryGetValue(FilesName, out TensorEntry? files) || files.Type != DType.U8 || files.Shape.Count != 1
            || (Count == 0 ? 0 : Slice<long>(FileEndsName, Count - 1, 1)[0]) != files.Length)
            throw CodeHeader.Broken(Path, "has no names that fit its codes");
    }

    private void CheckTensor(string name, DType type, params long[] shape)
    {
        if (!_file.Tensors.TryGetValue(name, out TensorEntry? tensor) || tensor.Type != type || !tensor.Shape.SequenceEqual(shape))
            throw CodeHeader.Broken(Path, $"has no tensor '{name}' of {string.Join('×', shape)} {type} numbers");
    }

    private T[] Slice<T>(string name, long first, int count) where T : unmanaged
    {
        var values = new T[count];
        _file.ReadBytes(name, first * Unsafe.SizeOf<T>(), MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private string[] Names(long start, long[] ends)
    {
        long before = start;
        foreach (long end in ends)
        {
            if (end < before || end - before > CodeChecks.MaxNameBytes || end > _file.Tensors[FilesName].Length)
                throw CodeHeader.Broken(Path, "has image names whose ends cannot be");
            before = end;
        }
        byte[] bytes = Slice<byte>(FilesName, start, (int)(before - start));
        var names = new string[ends.Length];
        for (int i = 0, first = 0; i < ends.Length; i++)
        {
            int end = (int)(ends[i] - start);
            names[i] = Encoding.UTF8.GetString(bytes, first, end - first);
            first = end;
        }
        return names;
    }

    private static byte[] AsBytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
