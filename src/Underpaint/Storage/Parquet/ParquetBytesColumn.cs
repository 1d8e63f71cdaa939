namespace Underpaint.Storage.Parquet;

/// <summary>
/// A file's column of bytes, such as images, of which any value can be read by any thread. What is held is where its pages lie; a
/// page that is compressed is unpacked as a whole when one of its values is asked for, and kept as long as the cache has room.
/// </summary>
internal sealed class ParquetBytesColumn
{
    private const int MostPages = 1_000_000;
    private readonly string _path;
    private readonly PageCache _cache;
    private readonly List<Place> _pages = [];

    // Of each page, the row that it begins with.
    private readonly List<int> _firstRows = [];

    /// <summary>Goes through the headers of all pages.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">The same, open; used here only.</param>
    /// <param name="groups">The column's part in each group of rows, and how many rows there are.</param>
    /// <param name="cache">Where unpacked pages are kept.</param>
    /// <exception cref="InvalidDataException">The column has lists, or is damaged.</exception>
    public ParquetBytesColumn(string path, RandomFile file, IReadOnlyList<(ParquetChunk Chunk, int Rows)> groups, PageCache cache)
    {
        (_path, _cache) = (path, cache);
        foreach (var (chunk, rows) in groups)
        {
            if (chunk.Column.MaxRepetition > 0)
                throw chunk.Bad("has lists");
            if (chunk.Values != rows)
                throw chunk.Bad($"has {chunk.Values} values for {rows} rows");
            Place? dictionary = null;
            foreach (ParquetPage page in chunk.Pages(file))
            {
                if (page.IsDictionary)
                    dictionary = new(page, chunk, null);
                else
                    Add(new(page, chunk, page.HasPlaces ? dictionary : null));
            }
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Where the pages lie and how long they are, which other images hardly have in common.</summary>
    public IEnumerable<(long Position, int Bytes)> Pages => _pages.Select(place => (place.Page.Position, place.Page.PackedBytes));

    /// <summary>Reads a value.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="check">Told how long it is before memory is taken for it; throws where that is too long.</param>
    /// <returns>The bytes; null when the row has none.</returns>
    /// <exception cref="FileFormatException">Its page is damaged.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public byte[]? Read(int row, Action<long> check) => ParquetFile.Guard(_path, () =>
    {
        int found = _firstRows.BinarySearch(row), number = found >= 0 ? found : ~found - 1;
        Place place = _pages[number];
        BytesPage page = Load(place);
        if (page.ValueOf(row - _firstRows[number]) is not { } value)
            return null;
        PlainBytes values = page.Plain ?? Load(place.Dictionary!).Plain!;
        check(values.LengthOf(value));
        return values.Read(value, _path);
    });

    private void Add(Place place)
    {
        if (_pages.Count == MostPages)
            throw place.Chunk.Bad($"has more than {MostPages:N0} pages");
        _pages.Add(place);
        _firstRows.Add(Rows);
        Rows += place.Page.Values;
    }

    private BytesPage Load(Place place) => _cache.Get(place, () =>
    {
        using var file = new RandomFile(_path, ParquetFile.Remedy);
        PageBody body = PageBody.Read(file, place.Page, place.Chunk);
        return place.Page.IsDictionary
            ? BytesPage.OfDictionary(body, place.Page)
            : new BytesPage(body, place.Page, place.Chunk.Column, place.Dictionary?.Page.Values);
    });

    // Its dictionary is null where its values are plain, and of a dictionary itself.
    private sealed class Place(ParquetPage page, ParquetChunk chunk, Place? dictionary)
    {
        public ParquetPage Page => page;

        public ParquetChunk Chunk => chunk;

        public Place? Dictionary => dictionary;
    }
}
