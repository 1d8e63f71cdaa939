using Underpaint.Evaluation;
using Underpaint.Training;

namespace Underpaint.Reports.Pages;

/// <summary>The run in one or two sentences.</summary>
internal static class Summary
{
    public static string Of(RunReportData data) => $"{Training(data)} {Quality(data)}".TrimEnd();

    private static string Training(RunReportData data)
    {
        long seen = data.Ticks.Count > 0 ? data.Ticks[^1].ImagesSeen : 0;
        long total = data.Phases.Count > 0 ? data.Phases[^1].End : seen;
        string phases = string.Join(" → ", data.Phases.Select(phase => phase.Name));
        string progress = Figures.Count(seen) + (seen < total ? $" of {Figures.Count(total)}" : "") + " images seen";
        return phases.Length > 0 ? $"{progress}, {phases}." : $"{progress}.";
    }

    private static string Quality(RunReportData data)
    {
        if (data.Metrics.Where(row => row.Kind == ReconstructionKind.RandomStochasticCode).MaxBy(row => row.Psnr) is { } best)
            return $"Reconstructions in {Figures.Steps(best.Steps)} reach {Both(best.Psnr, best.Ssim)}{Structure(data)}.";
        if (data.Validations.Count == 0)
            return "Nothing has been reconstructed yet.";
        ValidationRecord look = data.Validations[^1];
        return $"The validation images' reconstructions in {Figures.Steps(look.Steps)} are at {Both(look.Psnr, look.Ssim)}.";
    }

    private static string Structure(RunReportData data) =>
        data.Metrics.FirstOrDefault(row => row.Kind == ReconstructionKind.StructureImage) is { } structure
            ? $"; the structure images alone {Both(structure.Psnr, structure.Ssim)}"
            : "";

    private static string Both(double psnr, double ssim) => $"{Figures.Decibels(psnr)} PSNR and {Figures.Share(ssim)} SSIM";
}
