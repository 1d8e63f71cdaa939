namespace Underpaint.Data.Images;

/// <summary>Takes lines and keeps nothing of them.</summary>
internal sealed class NoImage : ILineTaker
{
    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<byte> line)
    {
    }
}
