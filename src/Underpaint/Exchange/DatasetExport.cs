using System.IO.Hashing;
using System.Text;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Data.Sources;
using Underpaint.Reports;
using Underpaint.Storage;
using Underpaint.Storage.Zip;

namespace Underpaint.Exchange;

/// <summary>Writes images for others to use, and for training to read as fast as can be.</summary>
public static class DatasetExport
{
    // Enough for every core to have work while the slowest image of a block is read; their files are in memory together.
    private const int ImagesPerCore = 4;
    private const string PngExtension = ".png";

    /// <summary>
    /// Writes images into a zip archive of stored files, with their classes in <c>dataset.json</c>; whole or not at all. Every image is
    /// decoded first: one that cannot be is left out, as are later ones of the same name. The same images give the same bytes.
    /// </summary>
    /// <param name="source">The images; stays open.</param>
    /// <param name="path">The archive; replaced if it exists. Its folder must exist.</param>
    /// <param name="options">Size and limits.</param>
    /// <param name="progress">Told how many images are done, now and then.</param>
    /// <param name="stop">Ends the work early; nothing is written then.</param>
    /// <returns>What was written, and what was left out and why.</returns>
    /// <exception cref="UnderpaintException">Not one image can be read, there are too many for an archive, or it cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static ExportedDataset Zip(
        IImageSource source, string path, DatasetExportOptions? options = null, Action<int>? progress = null, CancellationToken stop = default)
    {
        var archive = new Archive(source, options ?? new());
        // What a killed process was writing is as large as the archive.
        AtomicFile.RemoveLeftoversOf(path);
        AtomicFile.Write(path, stream => archive.Write(stream, progress, stop));
        return archive.Result(path);
    }

    private sealed class Archive(IImageSource source, DatasetExportOptions options)
    {
        private readonly List<SkippedImage> _dropped = [];
        private readonly PackedNames _names = new(source.Description);
        private readonly List<int> _labels = [];
        private readonly HashSet<UInt128> _given = [], _taken = [];
        private int _renamed, _withoutClass;

        public void Write(Stream stream, Action<int>? progress, CancellationToken stop)
        {
            var zip = new ZipWriter(stream);
            var block = new Image[ImagesPerCore * Environment.ProcessorCount];
            for (int first = 0; first < source.Count; first += block.Length)
            {
                int start = first, count = Math.Min(block.Length, source.Count - first);
                AllCores.Run(count, i => block[i] = Read(start + i), stop);
                for (int i = 0; i < count; i++)
                    Add(zip, first + i, block[i]);
                progress?.Invoke(first + count);
            }
            Finish(zip);
        }

        public ExportedDataset Result(string path) => new()
        {
            Path = path,
            Images = _names.Count,
            Bytes = new FileInfo(path).Length,
            Classes = _withoutClass == 0 ? source.LabelNames.Count : 0,
            WithoutClass = source.LabelNames.Count == 0 ? 0 : _withoutClass,
            Renamed = _renamed,
            Dropped = _dropped,
        };

        private Image Read(int index)
        {
            try
            {
                if (options.Size is { } size)
                    return new(Png.Encode(source.Read(index, new DataOptions { Size = size })), IsAnew: true, null);
                if (source.ReadEncoded(index) is not { } file)
                    return new(Png.Encode(source.Read(index)), IsAnew: true, null);
                _ = ImageDecoder.Measure(file, source.NameOf(index), options.Limits);
                return new(file, IsAnew: false, null);
            }
            catch (FileFormatException e)
            {
                return new([], IsAnew: false, e.Message);
            }
        }

        private void Add(ZipWriter zip, int index, Image image)
        {
            string name = source.NameOf(index);
            if (image.Problem is not null || FindName(name, image) is not { } free)
            {
                _dropped.Add(new(index, name, image.Problem ?? $"{name} is the name of an earlier image, too."));
                return;
            }
            if (zip.IsFull(free))
                throw new UnderpaintException($"{source.Description} has more images than a zip archive of ours can hold ({ZipDirectory.MaxEntries:N0}).",
                    "Prepare its parts one by one.");
            zip.Add(free, image.File);
            _names.Add(free);
            _labels.Add(source.LabelOf(index) ?? -1);
            _withoutClass += _labels[^1] < 0 ? 1 : 0;
        }

        private void Finish(ZipWriter zip)
        {
            if (_names.Count == 0)
                throw new UnderpaintException($"Not one image of {source.Description} can be read. The first: {_dropped[0].Reason}", "Name other images.");
            byte[] json = DatasetJson.Write(_withoutClass == 0 ? _names.Zip(_labels) : null, source.LabelNames);
            if (json.Length > DatasetJson.MaxBytes)
                throw new UnderpaintException($"The classes of {source.Description} take more than {DatasetJson.MaxBytes >> 20} MiB.", "Prepare its parts one by one.");
            zip.Add("dataset.json", json);
            zip.Finish();
        }

        // Null for the name of an earlier image.
        private string? FindName(string name, Image image)
        {
            if (!IsNew(name, _given))
                return null;
            string plain = PlainName(name);
            string? free = NamesFor(plain, image).FirstOrDefault(candidate => IsNew(candidate, _taken));
            _renamed += free is not null && plain != name ? 1 : 0;
            return free;
        }

        private static IEnumerable<string> NamesFor(string plain, Image image)
        {
            string ending = image.IsAnew ? PngExtension : ImageNames.ExtensionOf(image.File);
            if (ImageNames.IsImage(plain))
                yield return image.IsAnew ? Path.ChangeExtension(plain, PngExtension) : plain;
            // That may be taken by an image that was called otherwise: of a.jpg and a.png both become a.png.
            for (string longer = plain + ending; ending.Length > 0 && Encoding.UTF8.GetByteCount(longer) <= ZipDirectory.MaxNameBytes; longer += ending)
                yield return longer;
        }

        private static string PlainName(string name)
        {
            bool isFit = !ZipDirectory.IsForbidden(name) && !name.EndsWith('/') && Encoding.UTF8.GetByteCount(name) < ZipDirectory.MaxNameBytes - 8
                && ImageNames.IsVisibleImage(Path.ChangeExtension(name, PngExtension));
            return isFit ? name : FileNames.Plain(name);
        }

        private static bool IsNew(string name, HashSet<UInt128> names) => names.Add(XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(name)));

        private readonly record struct Image(byte[] File, bool IsAnew, string? Problem);
    }
}
