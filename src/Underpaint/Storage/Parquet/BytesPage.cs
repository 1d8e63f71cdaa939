namespace Underpaint.Storage.Parquet;

/// <summary>A page of a column of bytes: where each row's value is.</summary>
internal sealed class BytesPage
{
    // Of each row, the number of its value; null when every row has one.
    private readonly int[]? _numbers;

    // Of each value, its place in the dictionary; null where the values themselves are in the page.
    private readonly int[]? _places;

    /// <summary>A page of a dictionary.</summary>
    /// <param name="body">The page.</param>
    /// <param name="page">What its header says.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static BytesPage OfDictionary(PageBody body, ParquetPage page) => new(new PlainBytes(body, page.Values, page));

    /// <summary>A page of rows.</summary>
    /// <param name="body">The page.</param>
    /// <param name="page">What its header says.</param>
    /// <param name="column">The column.</param>
    /// <param name="dictionary">How many values its dictionary has; null without one.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public BytesPage(PageBody body, ParquetPage page, ParquetColumn column, int? dictionary)
    {
        int count = page.Values;
        if (body.Definition.Length > 0)
        {
            int next = 0;
            int[] numbers = Array.ConvertAll(body.Definition, level => level == column.MaxDefinition ? next++ : -1);
            (count, _numbers) = (next, next == page.Values ? null : numbers);
        }
        if (!page.HasPlaces)
            Plain = new PlainBytes(body, count, page);
        else
            _places = LevelDecoding.DecodePlaces(body.Values, count, dictionary ?? throw new InvalidDataException("a column lacks its dictionary"));
    }

    private BytesPage(PlainBytes plain) => Plain = plain;

    /// <summary>The values; null where they are in the dictionary.</summary>
    public PlainBytes? Plain { get; }

    /// <summary>How much memory it takes.</summary>
    public long Bytes => (Plain?.Bytes ?? 0) + (long)sizeof(int) * ((_numbers?.Length ?? 0) + (_places?.Length ?? 0));

    /// <summary>The number of a row's value, here or in the dictionary; null when it has none.</summary>
    /// <param name="row">The row, counted in the page.</param>
    public int? ValueOf(int row)
    {
        int number = _numbers is null ? row : _numbers[row];
        if (number < 0)
            return null;
        return _places is null ? number : _places[number];
    }
}
