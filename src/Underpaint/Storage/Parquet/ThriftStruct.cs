namespace Underpaint.Storage.Parquet;

/// <summary>A structure of a parquet header: values by their field numbers.</summary>
internal sealed record ThriftStruct(IReadOnlyDictionary<int, object> Fields)
{
    /// <summary>Whether it has a field.</summary>
    public bool Has(int field) => Fields.ContainsKey(field);

    /// <summary>A whole number.</summary>
    /// <exception cref="InvalidDataException">It is missing or something else.</exception>
    public long Number(int field) => Of<long>(field);

    /// <summary>A text.</summary>
    /// <exception cref="InvalidDataException">It is missing or something else.</exception>
    public string Text(int field) => Of<string>(field);

    /// <summary>A structure in it.</summary>
    /// <exception cref="InvalidDataException">It is missing or something else.</exception>
    public ThriftStruct Struct(int field) => Of<ThriftStruct>(field);

    /// <summary>A list of things of one kind.</summary>
    /// <exception cref="InvalidDataException">It is missing or something else.</exception>
    public IReadOnlyList<T> List<T>(int field)
    {
        List<object> list = Of<List<object>>(field);
        return list.TrueForAll(item => item is T) ? [.. list.Cast<T>()] : throw Unfit(field);
    }

    private T Of<T>(int field) => Fields.GetValueOrDefault(field) is T value ? value : throw Unfit(field);

    private static InvalidDataException Unfit(int field) => new($"its header lacks field {field}, or has something else there");
}
