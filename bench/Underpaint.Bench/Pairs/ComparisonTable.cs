using System.Globalization;
using Spectre.Console;

namespace Underpaint.Bench.Pairs;

/// <summary>A <see cref="Comparison"/> for people.</summary>
internal static class ComparisonTable
{
    public static Table Of(Comparison comparison)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(comparison.Precision).NoWrap());
        foreach (string title in (string[])["ours", "plain", "ratio", "lowest", "highest"])
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        Add(table, "training, images/s", comparison.Train);
        Add(table, "encoding, images/s", comparison.Encode);
        Add(table, "decoding, images/s", comparison.Decode);
        Add(table, "peak memory, MiB", comparison.Memory);
        return table;
    }

    private static void Add(Table table, string name, PairedRatio? figure)
    {
        if (figure is not null)
            table.AddRow(name, Figure(figure.Ours), Figure(figure.Plain), Ratio(figure.Ratio), Ratio(figure.Lowest), Ratio(figure.Highest));
    }

    private static string Figure(double value) => value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
