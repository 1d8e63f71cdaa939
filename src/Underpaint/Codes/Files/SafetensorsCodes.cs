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
            Statistics = _header.StatisticsOf(path);
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

    public CodeStatistics Statistics { get; }

    public static void Write(string path, ICodeSource codes)
    {
        CodeOrigin origin = codes.Origin;
        long nameBytes = codes.Read().Sum(rows => rows.Files.Sum(file => (long)Encoding.UTF8.GetByteCount(file)));
        List<TensorData> tensors =
        [
            new(CodesName, DType.F32, [codes.Count, origin.CodeSize], stream => Put(stream, rows => AsBytes<float>(rows.Codes))),
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
                stream => Put(stream, rows => AsBytes<float>(rows.StochasticCodes))));
        var metadata = new Dictionary<string, string> { [CodeHeader.Key] = CodeHeader.Of(codes).Write() };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, metadata));

        void Put(Stream stream, Func<CodeRows, byte[]> bytes)
        {
            foreach (CodeRows rows in codes.Read())
                stream.Write(bytes(rows));
        }
    }

    public IEnumerable<CodeRows> Read(int rows = 64)
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
                Codes = Slice<float>(CodesName, first * (long)Origin.CodeSize, count * Origin.CodeSize),
                StochasticCodes = Origin.StochasticCodeSize == 0
                    ? []
                    : Slice<float>(StochasticCodesName, first * (long)Origin.StochasticCodeSize, count * Origin.StochasticCodeSize),
            }, _header, Path);
            nameStart = ends[^1];
        }
    }

    public void Dispose() => _file.Dispose();

    private int CountCodes() =>
        _file.Tensors.TryGetValue(CodesName, out TensorEntry? codes) && codes.Shape is [>= 1 and <= int.MaxValue, _]
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
            || Slice<long>(FileEndsName, Count - 1, 1)[0] != files.Length)
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
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        _file.ReadBytes(name, first * bytes.Length / count, bytes);
        return values;
    }

    private string[] Names(long start, long[] ends)
    {
        var names = new string[ends.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            if (ends[i] < start || ends[i] - start > CodeChecks.MaxNameBytes || ends[i] > _file.Tensors[FilesName].Length)
                throw CodeHeader.Broken(Path, "has image names whose ends cannot be");
            var bytes = new byte[ends[i] - start];
            _file.ReadBytes(FilesName, start, bytes);
            names[i] = Encoding.UTF8.GetString(bytes);
            start = ends[i];
        }
        return names;
    }

    private static byte[] AsBytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
