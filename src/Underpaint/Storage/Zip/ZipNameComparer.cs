using System.Diagnostics.CodeAnalysis;

namespace Underpaint.Storage.Zip;

/// <summary>
/// Compares entries of a zip archive's directory, given by where they begin, by their names. The hashes are the framework's for
/// texts: nobody can choose names that collide.
/// </summary>
/// <param name="directory">The directory.</param>
internal sealed class ZipNameComparer(byte[] directory) : IEqualityComparer<int>, IAlternateEqualityComparer<ReadOnlySpan<char>, int>
{
    /// <inheritdoc/>
    public bool Equals(int x, int y) => Equals(HeaderAt(x).NameIn(stackalloc char[ZipDirectory.MaxNameBytes]), y);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] int obj) => GetHashCode(HeaderAt(obj).NameIn(stackalloc char[ZipDirectory.MaxNameBytes]));

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<char> alternate, int other) =>
        alternate.SequenceEqual(HeaderAt(other).NameIn(stackalloc char[ZipDirectory.MaxNameBytes]));

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate);

    /// <summary>Not possible: names are only looked up.</summary>
    public int Create(ReadOnlySpan<char> alternate) => throw new NotSupportedException();

    private ZipHeader HeaderAt(int at) => new(directory.AsSpan(at));
}
