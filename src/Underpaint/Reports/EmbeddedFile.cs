namespace Underpaint.Reports;

/// <summary>The files of this folder that travel inside the library: fonts and the report's style sheet.</summary>
internal static class EmbeddedFile
{
    /// <param name="name">The name after <c>Underpaint.Reports.</c>, with dots between folders.</param>
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream("Underpaint.Reports." + name)
            ?? throw new InvalidOperationException($"The library was built without its file {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
