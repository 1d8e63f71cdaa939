using Underpaint.Evaluation;

namespace Underpaint.Runs;

/// <summary>Keeps a few pictures of many, evenly spread, as they come by.</summary>
/// <param name="images">How many come, at most.</param>
/// <param name="shown">How many of them are kept.</param>
internal sealed class ShownPictures(int images, int shown)
{
    private readonly HashSet<int> _places = [.. Enumerable.Range(0, Math.Min(shown, images)).Select(i => (int)((long)i * images / Math.Min(shown, images)))];
    private readonly List<StoredPicture> _originals = [], _pictures = [];
    private int _seen;

    /// <summary>The originals that were kept.</summary>
    public IReadOnlyList<StoredPicture> Originals => _originals;

    /// <summary>What became of each of them.</summary>
    public IReadOnlyList<StoredPicture> Pictures => _pictures;

    /// <summary>Looks at a batch.</summary>
    public void Add(ReconstructedBatch batch)
    {
        for (int i = 0; i < batch.Names.Count; i++, _seen++)
        {
            if (!_places.Contains(_seen))
                continue;
            _originals.Add(StoredPicture.Of(batch.Names[i], batch.Originals[i]));
            _pictures.Add(StoredPicture.Of(batch.Names[i], batch.Pictures[0][i]));
        }
    }
}
