namespace Underpaint.Tests;

/// <summary>Golden figures and images that stand beside the repository, in <c>../shared</c>; not every checkout has them.</summary>
internal static class SharedFiles
{
    /// <summary>The path of a file or folder under <c>../shared</c>; where it is absent, the calling test is skipped with the reason.</summary>
    public static string Path(params string[] parts)
    {
        string path = System.IO.Path.Combine([RepositoryRoot, "..", "shared", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"needs shared/{string.Join('/', parts)} beside the repository");
        return System.IO.Path.GetFullPath(path);
    }

    internal static string RepositoryRoot
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Underpaint.slnx")))
                folder = System.IO.Path.GetDirectoryName(folder);
            return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
        }
    }
}
