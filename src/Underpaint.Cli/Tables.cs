using Spectre.Console;

namespace Underpaint.Cli;

/// <summary>Tables of figures, all of one look.</summary>
internal static class Tables
{
    /// <summary>How the title of a part of a table looks.</summary>
    public static Style TitleStyle { get; } = new(decoration: Decoration.Bold);

    /// <summary>A table with names on the left and figures in right-aligned columns.</summary>
    public static Table Create(string title, params string[] figures)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(title, TitleStyle)).NoWrap());
        foreach (string figure in figures)
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        return table;
    }
}
