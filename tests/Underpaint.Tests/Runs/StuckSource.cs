using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Runs;

/// <summary>The built-in images from a disk that stops answering after some of them until it is released.</summary>
internal sealed class StuckSource(int answers) : IImageSource
{
    private readonly Ornaments _images = new(12, 16, 3);
    private int _reads;
    private int _answers = answers;

    /// <summary>Whether somebody waits for an answer.</summary>
    public bool IsStuck => Volatile.Read(ref _reads) > Volatile.Read(ref _answers);

    public string Description => "stuck";

    public int Count => _images.Count;

    public IReadOnlyList<string> LabelNames => _images.LabelNames;

    public string NameOf(int index) => _images.NameOf(index);

    public int? LabelOf(int index) => _images.LabelOf(index);

    public PixelImage Read(int index)
    {
        int read = Interlocked.Increment(ref _reads);
        SpinWait.SpinUntil(() => read <= Volatile.Read(ref _answers));
        return _images.Read(index);
    }

    public string Fingerprint() => _images.Fingerprint();

    /// <summary>Answers once more.</summary>
    public void Answer() => Interlocked.Increment(ref _answers);

    public void Release() => Volatile.Write(ref _answers, int.MaxValue);

    public void Dispose() => Release();
}
