#:project ../../src/Underpaint/Underpaint.csproj
#:property TorchBackend=none
// Makes schedules.png, how much noise there is at every time:  dotnet run docs/images/schedules.cs
using System.Runtime.CompilerServices;
using ScottPlot;
using Underpaint.Diffusion;

(string Name, NoiseSchedule Schedule, string Color)[] schedules =
[
    ("highest noise (structure phase)", NoiseSchedule.HighestNoise, "#B4532A"),
    ("linear-β (Diff-AE)", NoiseSchedule.LinearBeta, "#8C7B6B"),
    ("cosine", NoiseSchedule.Cosine, "#B9AFA3"),
    ("SC-2 (detail phase)", NoiseSchedule.ShiftedCosine(2), "#2F6DA8"),
    ("SC-4 (as published)", NoiseSchedule.ShiftedCosine(4), "#8FB6D9"),
];

Fonts.AddFontFile("Inter", Path.Combine(Here(), "../../src/Underpaint/Reports/Fonts/Inter-Regular.otf"));
double[] times = [.. Enumerable.Range(0, 501).Select(i => i / 500.0)];
var plot = new Plot { ScaleFactor = 2 };
foreach (var (name, schedule, color) in schedules)
{
    var line = plot.Add.ScatterLine(times, [.. times.Select(t => Math.Pow(schedule.At(t).Sigma, 2))], Color.FromHex(color));
    (line.LegendText, line.LineWidth) = (name, 2.5f);
}
plot.XLabel("time t");
plot.YLabel("share of noise, σ²");
plot.Axes.SetLimits(0, 1.002, 0, 1.05);
plot.HideGrid();
plot.Font.Set("Inter");
(plot.Legend.FontName, plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = ("Inter", 0, Colors.Transparent);
plot.ShowLegend(Edge.Right);
plot.SavePng(Path.Combine(Here(), "schedules.png"), 1560, 560);

static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
