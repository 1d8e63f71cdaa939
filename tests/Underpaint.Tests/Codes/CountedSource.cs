using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Codes;

/// <summary>Images that count how often they are read, all under another name or class where one is given.</summary>
internal sealed class CountedSource(IImageSource all, string? name = null, int? label = null) : IImageSource
{
    public int Reads { get; private set; }

    public string Description => all.Description;

    public int Count => all.Count;

    public IReadOnlyList<string> LabelNames => all.LabelNames;

    public string NameOf(int index) => name ?? all.NameOf(index);

    public int? LabelOf(int index) => label ?? all.LabelOf(index);

    public string Fingerprint() => all.Fingerprint();

    public PixelImage Read(int index)
    {
        Reads++;
        return all.Read(index);
    }

    public void Dispose() => all.Dispose();
}
