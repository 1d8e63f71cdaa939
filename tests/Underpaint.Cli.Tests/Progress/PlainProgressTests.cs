using Underpaint.Cli.Progress;

namespace Underpaint.Cli.Tests.Progress;

public sealed class PlainProgressTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void A_line_is_written_at_most_every_ten_seconds_and_at_the_end_of_a_phase()
    {
        using var open = new OpenRun();
        var progress = new PlainProgress(Terminal());
        progress.Started(open.Run);
        for (long images = 8; images <= 32; images += 8)
        {
            _time.Pass(4);
            progress.Stepped(Steps.At(images));
        }
        Assert.Equal(
        [
            "structure: 24 of 64 images, loss 0.5, 2.0 images/s, 20 s left",
            "structure: 32 of 64 images, loss 0.5, 2.0 images/s, 16 s left",
        ], Lines(_out));
    }

    [Fact]
    public void Validations_checkpoints_and_notes_have_lines_of_their_own()
    {
        using var open = new OpenRun();
        var progress = new PlainProgress(Terminal());
        progress.Started(open.Run);
        progress.Validated(Steps.Validation);
        progress.Saved(32);
        progress.Noted("The older one\nis used.");
        Assert.Equal(
        [
            "validation at 32 images: PSNR 24.31 dB, SSIM 0.913 in 2 steps; structure images PSNR 21.40 dB, SSIM 0.801",
            "checkpoint at 32 images",
            "note: The older one is used.",
        ], Lines(_out));
    }

    [Fact]
    public void Of_many_unreadable_images_only_the_first_are_named()
    {
        using var open = new OpenRun();
        var progress = new PlainProgress(Terminal());
        progress.Started(open.Run);
        for (int i = 0; i < 1000; i++)
            progress.Skipped(new(i, $"{i}.png", "It is damaged."));
        string[] lines = Lines(_error);
        Assert.Equal("skipped 0.png: It is damaged.", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.Contains("counted at the end", lines[10]);
    }

    private Terminal Terminal() => new(Cli.Console(_out), Cli.Console(_error), _time, default);

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
