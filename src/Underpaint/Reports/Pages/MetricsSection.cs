using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Reports.Pages;

/// <summary>The table of the finished model's figures.</summary>
internal static class MetricsSection
{
    public static Html Of(RunReportData data)
    {
        if (data.Metrics.Count == 0)
            return Html.Empty;
        return Html.Of($"""
            <section>
            <h2>How close the reconstructions come</h2>
            <div class="scroll"><table class="figures">
            <thead><tr>
            <th>Reconstruction</th>
            <th class="number">Steps</th>
            <th class="number">PSNR</th>
            <th class="number">SSIM</th>
            {data.Metrics[0].More.Select(figure => Html.Of($"""<th class="number">{figure.Metric.Name}</th>"""))}
            <th class="number">Images</th>
            </tr></thead>
            <tbody>{data.Metrics.Select(Row)}</tbody>
            </table></div>
            <p class="small">{PeakSignalToNoise.Definition}.<br>{StructuralSimilarity.Definition}.{Definitions(data.Metrics[0])}</p>
            </section>

            """);
    }

    private static Html Row(RunReportData.MetricRow row) => Html.Of($"""
        <tr>
        <td>{NameOf(row.Kind)}</td>
        <td class="number">{Figures.Count(row.Steps)}</td>
        <td class="number">{Figures.Decibels(row.Psnr)}</td>
        <td class="number">{Figures.Share(row.Ssim)}</td>
        {row.More.Select(figure => Html.Of($"""<td class="number">{figure.Metric.Format(figure.Value)} {figure.Metric.Unit}</td>"""))}
        <td class="number">{Figures.Count(row.Images)}</td>
        </tr>

        """);

    private static Html Definitions(RunReportData.MetricRow row) => Html.Join(
        row.More.Select(figure => figure.Metric.Definition).Distinct().Select(definition => Html.Of($"<br>{definition}.")));

    private static string NameOf(ReconstructionKind kind) => kind switch
    {
        ReconstructionKind.StructureImage => "structure image",
        ReconstructionKind.RandomStochasticCode => "random stochastic code",
        _ => "inverted stochastic code",
    };
}
