using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>What is normalised: images one after the other, pixels × channels, the channels of a pixel side by side.</summary>
/// <param name="Images">How many images.</param>
/// <param name="Pixels">Pixels of an image.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Groups">Groups of neighbouring channels; divides <paramref name="Channels"/>.</param>
internal readonly record struct NormShape(int Images, int Pixels, int Channels, int Groups)
{
    /// <summary>Numbers of an image.</summary>
    public int ImageLength => checked(Pixels * Channels);

    /// <summary>Channels of a group.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>Channels, rounded up to whole vectors.</summary>
    public int Columns => (Channels + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count;

    /// <summary>Whether a pixel is a whole number of vectors, so that an image can be worked on where it lies.</summary>
    public bool FillsVectors => Columns == Channels;

    /// <summary>Numbers of an image whose pixels are padded to whole vectors.</summary>
    public int PaddedLength => checked(Pixels * Columns);

    /// <summary>The part of <paramref name="all"/> that belongs to one image.</summary>
    public ReadOnlySpan<T> Image<T>(ReadOnlySpan<T> all, int image) => all.Slice(image * ImageLength, ImageLength);

    /// <inheritdoc cref="Image{T}(ReadOnlySpan{T}, int)"/>
    public Span<T> Image<T>(Span<T> all, int image) => all.Slice(image * ImageLength, ImageLength);

    /// <summary>The image's row of a per-channel table that has one row for all images, or one for each.</summary>
    public ReadOnlySpan<float> ChannelRow(ReadOnlySpan<float> table, int image) =>
        table.Length == Channels ? table : table.Slice(image * Channels, Channels);

    /// <inheritdoc cref="ChannelRow(ReadOnlySpan{float}, int)"/>
    public Span<float> ChannelRow(Span<float> table, int image) =>
        table.Length == Channels ? table : table.Slice(image * Channels, Channels);

    /// <summary>The image's row of a table with one number for each group.</summary>
    public ReadOnlySpan<float> GroupRow(ReadOnlySpan<float> table, int image) => table.Slice(image * Groups, Groups);

    /// <inheritdoc cref="GroupRow(ReadOnlySpan{float}, int)"/>
    public Span<float> GroupRow(Span<float> table, int image) => table.Slice(image * Groups, Groups);

    /// <summary>Throws where the lengths of the spans do not fit: the kernels read and write without looking.</summary>
    /// <param name="images">Of the spans of images × pixels × channels.</param>
    /// <param name="tables">Of the gain, the offset and their gradients.</param>
    /// <param name="statistics">Of the spans of images × groups.</param>
    public void Check(ReadOnlySpan<int> images, ReadOnlySpan<int> tables, ReadOnlySpan<int> statistics)
    {
        bool possible = Images >= 0 && Pixels > 0 && Channels > 0 && Groups > 0 && Channels % Groups == 0;
        bool fits = possible && All(images, checked(Images * ImageLength)) && All(statistics, Images * Groups)
            && (All(tables, Channels) || All(tables, Images * Channels));
        if (!fits)
            throw new ArgumentException($"The spans do not fit {this}.");
    }

    private static bool All(ReadOnlySpan<int> lengths, int expected) => !lengths.ContainsAnyExcept(expected);
}
