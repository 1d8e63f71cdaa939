using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Runs;

/// <summary>The built-in images from a disk that stops answering after some of them until it is released.</summary>
internal sealed class StuckSource(int answers) : IImageSource
{
    private int _reads;
    private readonly Ornaments _images = new(12, 16, 3);
    private readonly ManualResetEventSlim _released = new();

    /// <summary>Whether somebody waits for an answer, or has waited.</summary>
    public bool IsStuck => Volatile.Read(ref _reads) > answers;

    public string Description => "stuck";

    public int Count => _images.Count;

    public IReadOnlyList<string> LabelNames => _images.LabelNames;

    public string NameOf(int index) => _images.NameOf(index);

    public int? LabelOf(int index) => _images.LabelOf(index);

    public PixelImage Read(int index)
    {
        if (Interlocked.Increment(ref _reads) > answers)
            _released.Wait();
        return _images.Read(index);
    }

    public string Fingerprint() => _images.Fingerprint();

    public void Release() => _released.Set();

    public void Dispose() => Release();
}
