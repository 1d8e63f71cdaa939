using Underpaint.Data.Images;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>A folder that fills with pictures, and with numbered sheets that show many of them side by side (<c>NAME-01.png</c>, …).</summary>
/// <typeparam name="T">What a sheet shows.</typeparam>
internal sealed class SheetFolder<T>
{
    private readonly List<string> _sheets = [];
    private readonly List<T> _waiting = [];
    private readonly string _folder, _name;
    private readonly Func<IReadOnlyList<T>, PictureGrid> _arrange;
    private readonly bool _keeps;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <param name="name">What the sheets' names begin with.</param>
    /// <param name="arrange">Makes a sheet of what is on it.</param>
    /// <param name="keeps">Whether a sheet that is there already stays as it is; otherwise it is made anew. Default false.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public SheetFolder(string folder, string name, Func<IReadOnlyList<T>, PictureGrid> arrange, bool keeps = false)
    {
        (_folder, _name, _arrange, _keeps) = (folder, name, arrange, keeps);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(folder, e);
        }
    }

    /// <summary>The paths of the sheets written so far.</summary>
    public IReadOnlyList<string> Sheets => _sheets;

    /// <summary>Writes a picture of its own.</summary>
    /// <param name="name">The file's name, with its ending.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Write(string name, PixelImage picture) => Write(Path.Combine(_folder, name), Png.Encode(picture));

    /// <summary>Adds to the next sheet, and writes it when it is full.</summary>
    /// <param name="item">What it shows.</param>
    /// <param name="most">How many such items fill a sheet, at least 1.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(T item, int most)
    {
        _waiting.Add(item);
        if (_waiting.Count == most)
            Finish();
    }

    /// <summary>Writes what waits for a full sheet; call it after the last item.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish()
    {
        if (_waiting.Count == 0)
            return;
        string path = Path.Combine(_folder, $"{_name}-{_sheets.Count + 1:00}.png");
        if (!_keeps || !File.Exists(path))
            Write(path, _arrange(_waiting).ToPng());
        _sheets.Add(path);
        _waiting.Clear();
    }

    private static void Write(string path, byte[] png) => AtomicFile.Write(path, stream => stream.Write(png));
}
