using Spectre.Console;

namespace Underpaint.Cli;

/// <summary>Tables of PSNR and SSIM, all of one look.</summary>
internal static class FigureTable
{
    /// <summary>How the title of a part of a table looks.</summary>
    public static Style TitleStyle { get; } = new(decoration: Decoration.Bold);

    /// <summary>A table with names on the left and the figures in right-aligned columns.</summary>
    public static Table Create(string title) => new Table()
        .Border(TableBorder.Simple)
        .AddColumn(new TableColumn(new Text(title, TitleStyle)).NoWrap())
        .AddColumn(new TableColumn("PSNR").RightAligned().NoWrap())
        .AddColumn(new TableColumn("SSIM").RightAligned().NoWrap());

    /// <summary>Adds a row.</summary>
    public static void AddFigures(this Table table, string name, double psnr, double ssim) =>
        table.AddRow(new Text(name), new Text(Wording.Decibels(psnr)), new Text(Wording.Share(ssim)));
}
