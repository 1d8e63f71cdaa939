using Underpaint.Data.Images;
using Underpaint.Reports;

namespace Underpaint.Cli.Tests;

/// <summary>Folders of image files.</summary>
internal static class Pictures
{
    /// <summary>Writes good-0.png …, 20×24 pixels, and files that only look like images.</summary>
    public static string WriteFolder(TemporaryFolder folder, int good, int corrupt)
    {
        string path = Directory.CreateDirectory(folder.File("images")).FullName;
        for (int i = 0; i < good; i++)
            Write(Path.Combine(path, $"good-{i}.png"));
        for (int i = 0; i < corrupt; i++)
            File.WriteAllBytes(Path.Combine(path, $"corrupt-{i}.png"), [1, 2, 3]);
        return path;
    }

    /// <summary>Writes one image file.</summary>
    public static string Write(string path)
    {
        File.WriteAllBytes(path, Png.Encode(new PixelImage(20, 24, 3, new byte[20 * 24 * 3])));
        return path;
    }
}
