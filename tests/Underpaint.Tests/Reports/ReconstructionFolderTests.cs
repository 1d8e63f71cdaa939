using Underpaint.Data.Images;
using Underpaint.Evaluation;
using Underpaint.Reports;

namespace Underpaint.Tests.Reports;

public sealed class ReconstructionFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_picture_has_a_file_of_its_own_and_sheets_hold_24_rows()
    {
        var folder = new ReconstructionFolder(_folder.File("out"));
        for (int i = 0; i < 25; i++)
            folder.Add(Reconstruction("same/name.jpg"));
        Assert.Single(folder.Sheets);
        folder.Finish();
        Assert.Equal(["reconstructions-01.png", "reconstructions-02.png"], folder.Sheets.Select(Path.GetFileName));
        Assert.Equal(25, folder.Count);
        Assert.Equal(25, Directory.EnumerateFiles(_folder.File("out"), "same-name*.reconstruction.png").Count());
        Assert.True(File.Exists(_folder.File("out", "same-name-25.reconstruction.png")));
    }

    [Fact]
    public void A_name_from_an_archive_cannot_lead_out_of_the_folder()
    {
        var folder = new ReconstructionFolder(_folder.File("out"));
        folder.Add(Reconstruction("../../evil.png"));
        Assert.Equal(["evil.reconstruction.png"], Directory.EnumerateFiles(_folder.File("out")).Select(Path.GetFileName));
    }

    [Fact]
    public void Tall_images_get_sheets_with_fewer_rows()
    {
        var folder = new ReconstructionFolder(_folder.File("out"));
        for (int i = 0; i < 4; i++)
            folder.Add(Reconstruction("tall", height: 4096));
        folder.Finish();
        Assert.Equal(2, folder.Sheets.Count);
    }

    private static Reconstruction Reconstruction(string name, int height = 2)
    {
        var image = new PixelImage(2, height, 1, new byte[2 * height]);
        return new(name, image, image, image);
    }
}
