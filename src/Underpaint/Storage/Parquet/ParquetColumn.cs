namespace Underpaint.Storage.Parquet;

/// <summary>A column of plain values: a leaf of the schema.</summary>
/// <param name="Path">Its name and those of the groups that it is in, such as "code.list.element".</param>
/// <param name="Type">The number of its kind in the format; see <see cref="ParquetType"/>.</param>
/// <param name="MaxDefinition">How many of the things on its path may be absent.</param>
/// <param name="MaxRepetition">How many of them may be repeated.</param>
internal sealed record ParquetColumn(string Path, long Type, int MaxDefinition, int MaxRepetition)
{
    private const int MaxDepth = 8;

    /// <summary>The columns of a schema, which is a tree written from its root down.</summary>
    /// <exception cref="InvalidDataException">It is no tree, or too deep.</exception>
    public static IReadOnlyList<ParquetColumn> Of(IReadOnlyList<ThriftStruct> schema)
    {
        var columns = new List<ParquetColumn>();
        if (schema.Count == 0)
            throw new InvalidDataException("it has no schema");
        if (AddChildren(schema, 0, "", 0, 0, depth: 0, columns) != schema.Count)
            throw new InvalidDataException("its schema is no tree");
        return columns;
    }

    // Adds what lies below an element, and tells where the next one stands.
    private static int AddChildren(
        IReadOnlyList<ThriftStruct> schema, int parent, string path, int definition, int repetition, int depth, List<ParquetColumn> columns)
    {
        int next = parent + 1;
        for (long child = 0; child < schema[parent].Number(5); child++)
        {
            if (next >= schema.Count || depth > MaxDepth)
                throw new InvalidDataException("its schema is no tree, or too deep");
            ThriftStruct element = schema[next];
            string name = path + (path == "" ? "" : ".") + element.Text(4);
            long kind = element.Has(3) ? element.Number(3) : 0;
            int childDefinition = definition + (kind == 0 ? 0 : 1), childRepetition = repetition + (kind == 2 ? 1 : 0);
            if (element.Has(5))
                next = AddChildren(schema, next, name, childDefinition, childRepetition, depth + 1, columns);
            else
            {
                columns.Add(new(name, element.Number(1), childDefinition, childRepetition));
                next++;
            }
        }
        return next;
    }
}
