using Underpaint.Codes.Probes;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Reports;
using Underpaint.Reports.Plots;

namespace Underpaint.Experiments;

/// <summary>An experiment's results as tables and curves, to be written as Markdown and as a page.</summary>
internal static class ExperimentReport
{
    /// <summary>The report.</summary>
    public static ResultDocument Of(ExperimentResults results)
    {
        Experiment experiment = results.Experiment;
        IReadOnlyList<ExperimentMean> means = ExperimentMean.Of(results.Rows);
        // The others are in the JSON file: a table of all would be too wide to read.
        Metric[] leading = [.. results.Metrics.Where(metric => metric.Aspect.Length > 0)];
        return new()
        {
            Title = experiment.Name,
            Lead = $"{experiment.Arms.Count} arms, {Figures.Count(experiment.Images)} images of {experiment.Data.Training} seen by each.",
            Sections = [.. Open(results), .. AtTheEnd(experiment, means, leading), .. TradeOffs(experiment, means, leading), .. OnTheWay(experiment, means, leading), .. Runs(results), .. NotMeasured(results)],
            Definitions = [.. leading.Select(metric => $"{metric.Definition} ({metric.Direction})").Distinct(), BootstrapInterval.Definition, SeedMean.Definition],
        };
    }

    private static IEnumerable<ResultSection> Open(ExperimentResults results)
    {
        if (results.Open.Count > 0)
        {
            yield return new("Not complete", "These runs are missing below, or have gaps.",
                [new("", ["run", "state", "reason"], [.. results.Open.Select(open => (ResultCell[])[$"{open.Run}", RunStates.Word(open.State), open.Reason])])]);
        }
    }

    // One table for each way of decoding, so that the arms stand below each other.
    private static IEnumerable<ResultSection> AtTheEnd(
        Experiment experiment, IReadOnlyList<ExperimentMean> means, Metric[] leading) =>
        means.Where(mean => mean.Example.At == experiment.Images).GroupBy(mean => mean.Judging).Select(judged => new ResultSection(
            $"After {Figures.Count(experiment.Images)} images: {ExperimentMean.JudgedOf(judged)}", $"Judged by {judged.First().Example.Data}.",
            [.. judged.GroupBy(mean => mean.Decoding).Select(decoding => Arms(decoding.Key, [.. decoding], leading))]));

    private static ResultTable Arms(string title, ExperimentMean[] means, Metric[] leading)
    {
        Metric[] metrics = Measured(leading, means);
        return new(title, ["arm", "seeds", .. metrics.Select(metric => metric.Title)],
            [.. means.Select(mean => (ResultCell[])[mean.Example.Arm, string.Join(", ", mean.Seeds), .. metrics.Select(metric => Cell(mean, metric))])]);
    }

    // What an arm gains in pictures it may lose in codes. Two arms are compared as easily in a table.
    private static IEnumerable<ResultSection> TradeOffs(Experiment experiment, IReadOnlyList<ExperimentMean> means, Metric[] leading)
    {
        if (leading.FirstOrDefault(metric => metric.Key == CodeClassification.ProbeKey) is not { } codes)
            return [];
        return
            from judged in means.Where(mean => mean.Example.At == experiment.Images).GroupBy(mean => mean.Judging)
            let plots = judged.GroupBy(mean => mean.Decoding).Select(decoding => TradeOff(decoding.Key, decoding, leading[0], codes)).Where(plot => plot.Points.Count > 2).ToArray()
            where plots.Length > 0
            select new ResultSection($"Pictures against codes: {ExperimentMean.JudgedOf(judged)}", "Large: an arm; small: its seeds, where there are several.", [])
            {
                Points = plots,
            };
    }

    private static ResultPoints TradeOff(string title, IEnumerable<ExperimentMean> means, Metric pictures, Metric codes) => new(title, $"{pictures.Title}, over {codes.Title}",
    [
        .. from mean in means
           let across = mean.Find(codes)
           let up = mean.Find(pictures)
           where across is not null && up is not null
           select new NamedPoint(mean.Example.Arm, across.Mean, up.Mean,
               [.. mean.RowsWith(codes).Intersect(mean.RowsWith(pictures)).Select(row => (row.Metrics[codes.Key].Value, row.Metrics[pictures.Key].Value))]),
    ]);

    private static IEnumerable<ResultSection> OnTheWay(
        Experiment experiment, IReadOnlyList<ExperimentMean> means, Metric[] leading) =>
        from judged in means.GroupBy(mean => mean.Judging)
        where judged.Any(mean => mean.Example.At < experiment.Images)
        from decoding in judged.GroupBy(mean => mean.Decoding)
        let all = decoding.ToArray()
        where all.Any(mean => mean.Example.At < experiment.Images)
        let metrics = Measured(leading, all)
        select new ResultSection($"Quality against images seen: {ExperimentMean.JudgedOf(judged)}, {decoding.Key}", "Intervals are in the JSON file.",
            [.. metrics.Select(metric => Moments(metric, all))])
        {
            Curves = [.. metrics.Select(metric => Curves(metric, all))],
        };

    private static Metric[] Measured(IEnumerable<Metric> metrics, IReadOnlyCollection<ExperimentMean> means) =>
        [.. metrics.Where(metric => means.Any(mean => mean.Find(metric) is not null))];

    private static ResultTable Moments(Metric metric, ExperimentMean[] means)
    {
        long[] moments = [.. means.Select(mean => mean.Example.At).Distinct().Order()];
        return new(metric.Title, ["arm", .. moments.Select(Figures.Count)],
            [.. means.GroupBy(mean => mean.Example.Arm).Select(arm => (ResultCell[])[arm.Key, .. moments.Select(at => CellAt(arm, at))])]);

        ResultCell CellAt(IEnumerable<ExperimentMean> arm, long at) =>
            arm.FirstOrDefault(mean => mean.Example.At == at) is { } mean ? Cell(mean, metric, withInterval: false) : "";
    }

    private static ResultCurves Curves(Metric metric, ExperimentMean[] means) => new(metric.Title,
    [
        .. means.GroupBy(mean => mean.Example.Arm).Select(arm => (arm.Key, (IReadOnlyList<CurvePoint>)
        [
            .. from mean in arm
               let figure = mean.Find(metric)
               where figure is not null
               orderby mean.Example.At
               select new CurvePoint(mean.Example.At, figure.Mean),
        ])),
    ]);

    private static IEnumerable<ResultSection> Runs(ExperimentResults results)
    {
        ResultCell[][] runs =
        [
            .. results.Rows.Where(row => row.At == results.Experiment.Images).DistinctBy(row => (row.Arm, row.Seed)).Select(row => (ResultCell[])
            [
                row.Arm, $"{row.Seed}", Figures.Count(row.ImagesSeen), Figures.Count(row.Parameters), Figures.Invariant($"{row.ModelBytes / 1e6:0.0} MB"),
                Figures.Invariant($"{row.TrainingImagesPerSecond:0}"),
                $"{row.TrainedOn.Device}, {Threads(row.TrainedOn.Threads)}, {row.TrainedOn.Precision}, Underpaint {row.TrainedOn.Underpaint}, libtorch {row.TrainedOn.Torch}",
            ]),
        ];
        if (runs.Length > 0)
        {
            yield return new("Runs", "Speed: median over the training, without validation and saving.",
                [new("", ["arm", "seed", "images seen", "parameters", "model file", "images/s", "trained with"], runs)]);
        }
    }

    private static IEnumerable<ResultSection> NotMeasured(ExperimentResults results)
    {
        if (results.LeftOut.Count > 0)
            yield return new("Not measured", "", [new("", ["metric", "reason"], [.. results.LeftOut.Select(left => (ResultCell[])[left.Name, left.Reason])])]);
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private static ResultCell Cell(ExperimentMean mean, Metric metric, bool withInterval = true)
    {
        if (mean.Find(metric) is not { } figure)
            return "";
        string spread = figure.Deviation is { } deviation ? $" ± {metric.Format(deviation)}" : "";
        long[] seeds = [.. mean.RowsWith(metric).Select(row => row.Seed)];
        string of = seeds.Length < mean.Rows.Count ? $" (seed {string.Join(", ", seeds)})" : "";
        string interval = withInterval && figure is { Low: { } low, High: { } high } ? $"[{metric.Format(low)}, {metric.Format(high)}]" : "";
        return new(metric.Format(figure.Mean) + spread + of, interval);
    }
}
