using Underpaint.Data.Sources;

namespace Underpaint.Cli.Progress;

/// <summary>Names images that cannot be read, but not thousands of them.</summary>
internal sealed class SkippedList(Terminal terminal)
{
    private const int Shown = 10;

    private int _count;

    /// <summary>Names one image, unless enough were named.</summary>
    public void Add(SkippedImage image)
    {
        _count++;
        if (_count <= Shown)
            terminal.WriteError($"skipped {Wording.OneLine($"{image.Name}: {image.Reason}")}");
        else if (_count == Shown + 1)
            terminal.WriteError("More images are skipped; they are counted at the end.");
    }

    /// <summary>Names the first of some images, and says how many there are.</summary>
    public static void Write(Terminal terminal, IReadOnlyCollection<SkippedImage> images)
    {
        var list = new SkippedList(terminal);
        foreach (SkippedImage image in images)
            list.Add(image);
        WriteCount(terminal, images.Count);
    }

    /// <summary>Says how many there were, if any.</summary>
    public static void WriteCount(Terminal terminal, int count)
    {
        if (count > 0)
            terminal.WriteError($"{Wording.Images(count)} could not be read and {(count == 1 ? "was" : "were")} left out.");
    }
}
