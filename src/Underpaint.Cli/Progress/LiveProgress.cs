using System.Globalization;
using Spectre.Console;
using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Progress;

/// <summary>Progress for a terminal: a bar for each phase and a few facts, redrawn in place.</summary>
internal sealed class LiveProgress(Terminal terminal, LiveDisplayContext display) : ITrainingObserver
{
    private const int WidestBar = 40;

    // What stands beside the bar: the phase's name, the share, the counts.
    private const int BesideBar = 50;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly SkippedList _skipped = new(terminal);
    private TrainingMeter? _meter;
    private string _validation = "none yet", _checkpoint = "none yet";
    private long _lastDrawn;

    private TrainingMeter Meter => _meter!;

    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
        _meter = TrainingMeter.Of(run, terminal.Time);
        if (run.StartedAt > 0)
            _checkpoint = $"at {Wording.Images(run.StartedAt)}, where this run goes on";
        Draw();
    }

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        Meter.Add(report);
        bool isLast = Meter.ImagesSeen == Meter.Plan.End || terminal.Stop.IsCancellationRequested;
        if (isLast || terminal.Time.GetElapsedTime(_lastDrawn) >= Pace)
            Draw();
    }

    /// <inheritdoc/>
    public void Validated(ValidationRecord record)
    {
        _validation = $"{Wording.Quality(record.Psnr, record.Ssim)} at {Wording.Images(record.ImagesSeen)}";
        Meter.Pause();
        Draw();
    }

    /// <inheritdoc/>
    public void Saved(long imagesSeen)
    {
        _checkpoint = $"at {Wording.Images(imagesSeen)}";
        Meter.Pause();
        Draw();
    }

    /// <inheritdoc/>
    public void Skipped(SkippedImage image) => _skipped.Add(image);

    /// <inheritdoc/>
    public void Noted(string message) => terminal.Out.WriteLine($"note: {Wording.OneLine(message)}");

    private void Draw()
    {
        _lastDrawn = terminal.Time.GetTimestamp();
        display.UpdateTarget(new Rows(Phases(), Text.Empty, Facts()));
    }

    private Grid Phases()
    {
        int barWidth = Math.Clamp(terminal.Out.Profile.Width - BesideBar, 10, WidestBar);
        Grid grid = NewGrid(columns: 4);
        foreach (PhaseSpan span in Meter.Plan.Spans)
        {
            long images = span.End - span.Start, done = Math.Clamp(Meter.ImagesSeen - span.Start, 0, images);
            double share = (double)done / images;
            string percent = share.ToString("0 %", CultureInfo.InvariantCulture);
            grid.AddRow(new Text(span.Name), Bar(share, barWidth), new Text(percent).RightJustified(),
                new Text(Wording.Progress(done, images)));
        }
        return grid;
    }

    private Grid Facts()
    {
        string left = Meter.TimeLeft is { } time ? $", {Wording.Duration(time)} left" : "";
        Grid grid = NewGrid(columns: 2);
        AddFact(grid, "progress",
            $"{Wording.Progress(Meter.ImagesSeen, Meter.Plan.End)}, {Wording.Speed(Meter.ImagesPerSecond)}{left}");
        AddFact(grid, "loss", double.IsNaN(Meter.Loss) ? "none yet" : Wording.Loss(Meter.Loss));
        AddFact(grid, "validation", _validation);
        AddFact(grid, "checkpoint", _checkpoint);
        if (terminal.Stop.IsCancellationRequested)
            AddFact(grid, "stopping", "once this step is saved; Ctrl-C again stops at once");
        return grid;
    }

    private static void AddFact(Grid grid, string name, string value) =>
        grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value));

    private static Grid NewGrid(int columns)
    {
        var grid = new Grid();
        for (int i = 0; i < columns; i++)
            grid.AddColumn(new GridColumn().NoWrap().PadLeft(i == 0 ? 2 : 0).PadRight(2));
        return grid;
    }

    private Paragraph Bar(double share, int width)
    {
        bool unicode = terminal.Out.Profile.Capabilities.Unicode;
        int filled = (int)(share * width);
        return new Paragraph()
            .Append(new string(unicode ? '━' : '#', filled), new Style(share < 1 ? Color.Yellow : Color.Green))
            .Append(new string(unicode ? '─' : '-', width - filled), new Style(decoration: Decoration.Dim));
    }
}
