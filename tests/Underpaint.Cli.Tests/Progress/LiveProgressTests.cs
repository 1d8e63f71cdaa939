using System.Text.RegularExpressions;
using Spectre.Console;
using Underpaint.Cli.Progress;

namespace Underpaint.Cli.Tests.Progress;

public sealed partial class LiveProgressTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_last_picture_shows_the_phases_speed_loss_validation_and_checkpoint(int width)
    {
        string[] lines = Draw(width);
        Assert.Contains(lines, line => IsBar(line, "  structure  ━━━", "100 %  32 of 32 images"));
        Assert.Contains(lines, line => IsBar(line, "  detail     ━━", " 25 %  8 of 32 images"));
        Assert.Contains("  progress    40 of 64 images, 4.0 images/s, 6 s left", lines);
        Assert.Contains("  loss        0.25", lines);
        Assert.Contains("  validation  PSNR 24.31 dB, SSIM 0.913 at 32 images", lines);
        Assert.Contains("  checkpoint  at 32 images", lines);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }

    private static bool IsBar(string line, string start, string end) =>
        line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal);

    private static string[] Draw(int width)
    {
        using var open = new OpenRun();
        var time = new ManualTime();
        var output = new StringWriter();
        IAnsiConsole console = Cli.Console(output);
        console.Profile.Width = width;
        console.Profile.Capabilities.Ansi = true;
        console.Profile.Capabilities.Unicode = true;
        console.Live(Text.Empty).Start(display =>
        {
            var progress = new LiveProgress(new(console, console, time, default), display);
            progress.Started(open.Run);
            for (long images = 8; images <= 40; images += 8)
            {
                time.Pass(2);
                progress.Stepped(Steps.At(images, loss: images <= 32 ? 0.5 : 0.25));
                if (images != 32)
                    continue;
                progress.Validated(Steps.Validation);
                progress.Saved(32);
            }
        });
        return [.. EscapePattern().Replace(output.ToString(), "").Split(['\r', '\n']).Select(line => line.TrimEnd())];
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex EscapePattern();
}
