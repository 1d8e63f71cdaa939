using System.Security.Cryptography;

namespace Underpaint.Storage;

/// <summary>A saved state of a run whose files have been verified against their lengths and SHA-256.</summary>
public sealed class Checkpoint
{
    private readonly IReadOnlyList<CheckpointFile> _files;

    private Checkpoint(string folder, CheckpointManifest manifest) =>
        (Folder, ImagesSeen, _files) = (folder, manifest.ImagesSeen, manifest.Files);

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>How many images the run had seen.</summary>
    public long ImagesSeen { get; }

    /// <summary>The names of its files, in the order in which they were saved.</summary>
    public IEnumerable<string> Names => _files.Select(file => file.Name);

    /// <summary>The path of one of its files.</summary>
    /// <param name="name">The name that it was saved under.</param>
    /// <exception cref="FileFormatException">The checkpoint has no such file.</exception>
    public string PathOf(string name) => Names.Contains(name, StringComparer.Ordinal)
        ? Path.Combine(Folder, name)
        : throw new FileFormatException(Folder, $"has no file '{name}'", "Use the version of Underpaint that saved it.");

    /// <summary>Opens one of its files for reading.</summary>
    /// <param name="name">The name that it was saved under.</param>
    /// <returns>The stream; the caller disposes it.</returns>
    /// <exception cref="FileFormatException">The checkpoint has no such file.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public Stream OpenRead(string name)
    {
        string path = PathOf(name);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
    }

    /// <summary>Reads the manifest and checks that every file is there with its length; content is not looked at.</summary>
    internal static Checkpoint Open(CheckpointFolder folder)
    {
        var checkpoint = new Checkpoint(folder.Path, CheckpointManifest.Read(folder));
        foreach (CheckpointFile file in checkpoint._files)
        {
            var there = new FileInfo(Path.Combine(folder.Path, file.Name));
            if (!there.Exists)
                throw Broken(there.FullName, "is missing");
            if (there.Length != file.Length)
                throw Broken(there.FullName, $"has {there.Length} bytes, and {file.Length} were written");
        }
        return checkpoint;
    }

    /// <summary>Reads every file and checks its SHA-256.</summary>
    internal Checkpoint Verify()
    {
        foreach (CheckpointFile file in _files)
        {
            using Stream content = OpenRead(file.Name);
            if (HashOf(content, PathOf(file.Name)) != file.Sha256)
                throw Broken(PathOf(file.Name), "is not what was written: its SHA-256 differs");
        }
        return this;
    }

    private static string HashOf(Stream content, string path)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
    }

    private static FileFormatException Broken(string file, string problem) =>
        new(file, problem, "Continue from an older checkpoint.");
}
