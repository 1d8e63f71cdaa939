using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>A few images as each run gives them back: in few steps and many, where it errs, and a part of it magnified.</summary>
internal static class ShownSection
{
    private const int Side = 128;

    public static Html Of(Comparison comparison)
    {
        if (comparison.Shown.Count == 0)
            return Html.Empty;
        Decoding[] decodings = [.. comparison.BySteps];
        return Html.Of($"""
            <section>
            <h2>The same images, side by side</h2>
            <p>Not chosen: evenly spread over the images judged. Each row is a run; from left to right it is given more steps.</p>
            <div class="scroll"><table class="pictures shown">
            <thead><tr>
            <th>original</th><th></th>
            {decodings.Select(decoding => Html.Of($"<th>{decoding.Name}</th>"))}
            <th>error, {comparison.Lead.Name}</th><th>magnified</th>
            </tr></thead>
            {comparison.Shown.Select(image => Rows(comparison, decodings, image))}
            </table></div>
            <p class="small">Under each picture its PSNR. Error: {ErrorMap.Scale}. Magnified: where the original has most detail.</p>
            </section>

            """);
    }

    private static Html Rows(Comparison comparison, Decoding[] decodings, ShownImage image)
    {
        PictureCrop crop = PictureCrop.OfMostDetail(image.Image);
        return Html.Of($"""
            <tbody>{comparison.Runs.Select((run, row) => Html.Of($"""
            <tr>
            {(row == 0 ? Original(comparison, image, crop) : Html.Empty)}
            <th scope="row">{RunName.Of(comparison, run)}</th>
            {decodings.Select(decoding => Cell(run, decoding, image.Name))}
            {LeadCells(comparison, run, crop, image.Name)}
            </tr>

            """))}</tbody>

            """);
    }

    private static Html Original(Comparison comparison, ShownImage image, PictureCrop crop) => Html.Of($"""
        <td rowspan="{comparison.Runs.Count}" class="original">{Thumbnail.Of(image.Image, Side, $"original of {image.Name}")}
        <small class="name" title="{image.Name}">{image.Name.Split('/')[^1]}</small>
        {Thumbnail.Of(crop.Of(image.Image), Side, $"part of {image.Name}")}<small>magnified</small></td>
        """);

    private static Html Cell(ComparedRun run, Decoding decoding, string image) => run.PictureOf(image, decoding) is var (original, picture)
        ? Html.Of($"""
            <td>{Thumbnail.Of(picture, Side, $"{run.Name}, {decoding.Name}")}<small>{Figures.Decibels(PeakSignalToNoise.Of(original, picture))}</small></td>
            """)
        : Html.Of($"<td></td>");

    private static Html LeadCells(Comparison comparison, ComparedRun run, PictureCrop crop, string image) => run.PictureOf(image, comparison.Lead) is var (original, picture)
        ? Html.Of($"""
            <td>{Thumbnail.Of(ErrorMap.Of(original, picture), Side, $"error of {run.Name}")}</td>
            <td>{Thumbnail.Of(crop.Of(picture), Side, $"part of {run.Name}")}</td>
            """)
        : Html.Of($"<td></td><td></td>");
}
