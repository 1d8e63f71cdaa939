using Underpaint.Data.Images;

namespace Underpaint.Reports.Pages;

/// <summary>A few images from their structure image to many decoding steps.</summary>
internal static class StepsSection
{
    private const int Side = 128;

    public static Html Of(RunReportData data)
    {
        if (data.StepRows.Count == 0)
            return Html.Empty;
        int[] steps = [.. data.StepRows.SelectMany(row => row.Reconstructions).Select(picture => picture.Steps).Distinct().Order()];
        return Html.Of($"""
            <section>
            <h2>Structure → detail</h2>
            <p>The structure image is what the code alone holds: one network call at the highest noise.
            The following steps lay detail on it.</p>
            <div class="scroll"><table class="pictures">
            <thead><tr>
            <th>original</th>
            <th>structure image</th>
            {steps.Select(count => Html.Of($"<th>{Figures.Steps(count)}</th>"))}
            <th>error</th>
            </tr></thead>
            <tbody>{data.StepRows.Select(row => Row(row, steps))}</tbody>
            </table></div>
            <p class="small">Under each picture its PSNR. Error: of the picture with the most steps; {ErrorMap.Scale}.</p>
            </section>

            """);
    }

    private static Html Row(RunReportData.StepRow row, int[] steps) => Html.Of($"""
        <tr>
        <td>
        {Thumbnail.Of(row.Original, Side, $"original of {row.Name}")}
        <small class="name" title="{row.Name}">{row.Name.Split('/')[^1]}</small>
        </td>
        {Cell(row.Structure, $"structure image of {row.Name}", row.StructurePsnr)}
        {steps.Select(count => Reconstruction(row, count))}
        <td>{ErrorOf(row)}</td>
        </tr>

        """);

    private static Html Reconstruction(RunReportData.StepRow row, int steps) =>
        row.Reconstructions.FirstOrDefault(picture => picture.Steps == steps) is { } picture
            ? Cell(picture.Image, $"{row.Name} in {Figures.Steps(steps)}", picture.Psnr)
            : Html.Of($"<td></td>");

    private static Html Cell(PixelImage picture, string description, double psnr) => Html.Of($"""
        <td>{Thumbnail.Of(picture, Side, description)}<small>{Figures.Decibels(psnr)}</small></td>

        """);

    private static Html ErrorOf(RunReportData.StepRow row) =>
        row.Reconstructions.MaxBy(picture => picture.Steps) is { } best
            ? Thumbnail.Of(ErrorMap.Of(row.Original, best.Image), Side, $"error of {row.Name}")
            : Html.Empty;
}
