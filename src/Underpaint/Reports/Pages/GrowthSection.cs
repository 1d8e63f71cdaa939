using Underpaint.Data.Images;
using Underpaint.Training;

namespace Underpaint.Reports.Pages;

/// <summary>The same images reconstructed again and again during training.</summary>
internal static class GrowthSection
{
    private const int Side = 96;
    private const int MostImages = 4;
    private const int MostSnapshots = 8;

    public static Html Of(RunReportData data)
    {
        if (data.Growth is not { Originals.Count: > 0, Snapshots.Count: > 0 } growth)
            return Html.Empty;
        RunReportData.Snapshot[] snapshots = [.. Spread(growth.Snapshots)];
        int shown = snapshots.Min(shot => Math.Min(shot.Structure.Count, shot.Reconstructions.Count));
        int images = Math.Min(MostImages, Math.Min(growth.Originals.Count, shown));
        return Html.Of($"""
            <section>
            <h2>How the reconstructions grew</h2>
            <p>The same images, decoded after so many images seen in training.</p>
            <div class="scroll"><table class="pictures growth">
            <thead>
            <tr class="phases"><td colspan="2"></td>{PhasesOf(snapshots, data.Phases)}</tr>
            <tr><th>original</th><td></td>{snapshots.Select(shot => Html.Of($"<th>{Figures.ShortCount(shot.ImagesSeen)}</th>"))}</tr>
            </thead>
            {Enumerable.Range(0, images).Select(image => Rows(growth.Originals[image], image, snapshots))}
            </table></div>
            </section>

            """);
    }

    private static Html Rows(PixelImage original, int image, RunReportData.Snapshot[] snapshots) => Html.Of($"""
        <tbody>
        <tr>
        <td rowspan="2">{Thumbnail.Of(original, Side, "original")}</td>
        <th scope="row">structure image</th>{snapshots.Select(shot => Cell(shot.Structure[image], "structure image", shot))}
        </tr>
        <tr><th scope="row">reconstruction</th>{snapshots.Select(shot => Cell(shot.Reconstructions[image], "reconstruction", shot))}</tr>
        </tbody>

        """);

    private static Html Cell(PixelImage picture, string what, RunReportData.Snapshot shot) =>
        Html.Of($"<td>{Thumbnail.Of(picture, Side, $"{what} after {Figures.Count(shot.ImagesSeen)} images seen")}</td>");

    /// <summary>The names of the phases, each above the snapshots that were taken in it.</summary>
    private static IEnumerable<Html> PhasesOf(RunReportData.Snapshot[] snapshots, IReadOnlyList<PhaseSpan> phases) => snapshots
        .GroupBy(shot => phases.FirstOrDefault(phase => shot.ImagesSeen <= phase.End)?.Name ?? "")
        .Select(phase => Html.Of($"""<th colspan="{phase.Count()}"><span>{phase.Key}</span></th>"""));

    /// <summary>The first, the last, and evenly chosen ones between them.</summary>
    private static IEnumerable<RunReportData.Snapshot> Spread(IReadOnlyList<RunReportData.Snapshot> snapshots)
    {
        int count = Math.Min(MostSnapshots, snapshots.Count);
        return Enumerable.Range(0, count).Select(i => snapshots[count == 1 ? 0 : i * (snapshots.Count - 1) / (count - 1)]);
    }
}
