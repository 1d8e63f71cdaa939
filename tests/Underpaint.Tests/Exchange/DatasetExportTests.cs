using System.IO.Compression;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Exchange;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Exchange;

public sealed class DatasetExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_and_classes_stay_as_they_are_and_another_reader_finds_them_stored()
    {
        byte[] png = TestImages.Png(), other = TestImages.Png(3, 4);
        using var tar = new TarSource([Write("a.tar", TestTar.Write(("x/1.png", png), ("x/1.cls", "dog"u8.ToArray()), ("2.png", other), ("2.cls", "cat"u8.ToArray())))]);
        ExportedDataset exported = DatasetExport.Zip(tar, _folder.File("a.zip"));
        Assert.Equal((2, 2, 0, 0), (exported.Images, exported.Classes, exported.Dropped.Count, exported.Renamed));

        using var source = new ZipSource(exported.Path);
        Assert.Equal(["2.png", "x/1.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Equal(["cat", "dog"], source.LabelNames);
        Assert.Equal((0, 1), (source.LabelOf(0), source.LabelOf(1)));
        Assert.Equal([other, png], [source.ReadEncoded(0)!, source.ReadEncoded(1)!]);
        using ZipArchive archive = ZipFile.OpenRead(exported.Path);
        Assert.Equal(["x/1.png", "2.png", "dataset.json"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        using Stream content = archive.Entries[0].Open();
        Assert.Equal(png.Length, content.ReadAtLeast(new byte[1000], 1000, throwOnEndOfStream: false));
    }

    [Fact]
    public void What_is_left_out_is_told_with_the_reason()
    {
        byte[] png = TestImages.Png();
        using var tar = new TarSource([Write("a.tar", TestTar.Write(("1.png", png), ("1/2.png", png), ("3.png", [1, 2, 3]), ("4.txt", [1]), ("1/2.png", png), ("5.jpg", png[..(png.Length / 2)])))]);
        ExportedDataset exported = DatasetExport.Zip(tar, _folder.File("a.zip"));
        // Names that occur twice in one archive are told apart by nothing else.
        Assert.Equal((2, 3), (exported.Images, exported.Dropped.Count));
        Assert.Contains(exported.Dropped, image => image.Reason.Contains("earlier image", StringComparison.Ordinal));
        Assert.Contains(exported.Dropped, image => image.Name.EndsWith("3.png", StringComparison.Ordinal));
    }

    [Fact]
    public void Resized_images_are_written_without_loss_as_a_model_sees_them()
    {
        byte[] jpeg = TestImages.Encoded(SkiaSharp.SKEncodedImageFormat.Jpeg, 24, 16);
        using var zip = new ZipSource(Write("in.zip", TestImages.Zip(("a.jpg", jpeg), ("b.png", TestImages.Png(24, 16)))));
        ExportedDataset exported = DatasetExport.Zip(zip, _folder.File("out.zip"), new() { Size = 8 });
        using var source = new ZipSource(exported.Path);
        Assert.Equal(2, source.Count);
        Assert.Equal(zip.Read(0, new DataOptions { Size = 8 }).Pixels, source.Read(0).Pixels);
    }

    [Fact]
    public void Images_that_differ_in_their_ending_alone_are_both_kept()
    {
        using var zip = new ZipSource(Write("in.zip", TestImages.Zip(("a.bmp", TestImages.Bmp()), ("a.gif", TestImages.Gif(1)))));
        using var source = new ZipSource(DatasetExport.Zip(zip, _folder.File("out.zip"), new() { Size = 8 }).Path);
        Assert.Equal(["a.gif.png", "a.png"], [source.NameOf(0), source.NameOf(1)]);
    }

    [Fact]
    public void An_image_whose_name_another_one_was_given_is_kept_under_a_longer_one()
    {
        byte[] jpeg = TestImages.Encoded(SkiaSharp.SKEncodedImageFormat.Jpeg, 8, 8);
        using var zip = new ZipSource(Write("in.zip", TestImages.Zip(("a.jpg", jpeg), ("a.png", TestImages.Png()), ("a.webp", TestImages.Bmp()))));
        ExportedDataset exported = DatasetExport.Zip(zip, _folder.File("out.zip"), new() { Size = 8 });
        Assert.Empty(exported.Dropped);
        using var source = new ZipSource(exported.Path);
        Assert.Equal(["a.png", "a.png.png", "a.webp.png"], Enumerable.Range(0, source.Count).Select(source.NameOf));
    }

    [Fact]
    public void Also_where_images_become_others_a_name_counts_once()
    {
        byte[] jpeg = TestImages.Encoded(SkiaSharp.SKEncodedImageFormat.Jpeg, 8, 8);
        using var tar = new TarSource([Write("a.tar", TestTar.Write(("1/2.jpg", jpeg), ("3.jpg", jpeg), ("1/2.jpg", jpeg)))]);
        ExportedDataset exported = DatasetExport.Zip(tar, _folder.File("a.zip"), new() { Size = 8 });
        Assert.Equal((2, 1), (exported.Images, exported.Dropped.Count));
    }

    [Fact]
    public void Images_that_are_generated_are_encoded_without_loss()
    {
        using var ornaments = new Ornaments(5, 16);
        using var source = new ZipSource(DatasetExport.Zip(ornaments, _folder.File("a.zip")).Path);
        Assert.Equal((5, ornaments.LabelNames.Count), (source.Count, source.LabelNames.Count));
        Assert.Equal(ornaments.Read(3).Pixels, source.Read(3).Pixels);
    }

    [Fact]
    public void Names_that_lead_out_of_an_archive_or_are_hidden_become_plain_ones()
    {
        byte[] png = TestImages.Png();
        using var parquet = new ParquetSource([Write("a.parquet", new TestParquet { Images = [png, png, png], Paths = ["/home/me/1.png", "../../2.png", ".x/3"] }.Write())]);
        ExportedDataset exported = DatasetExport.Zip(parquet, _folder.File("a.zip"));
        Assert.Equal((3, 3), (exported.Images, exported.Renamed));
        using var source = new ZipSource(exported.Path);
        Assert.Equal(["home-me-1.png", "2.png", "x-3.png"], new[] { 1, 0, 2 }.Select(source.NameOf));
    }

    [Fact]
    public void Classes_are_left_out_where_an_image_has_none()
    {
        byte[] png = TestImages.Png();
        using var parquet = new ParquetSource([Write("a.parquet", new TestParquet { Images = [png, png], Labels = [0, -1], Paths = ["a/1.png", "a/2.png"] }.Write())]);
        ExportedDataset exported = DatasetExport.Zip(parquet, _folder.File("a.zip"));
        Assert.Equal((1, 0), (exported.WithoutClass, exported.Classes));
        using var source = new ZipSource(exported.Path);
        Assert.Empty(source.LabelNames);
    }

    [Fact]
    public void The_same_images_give_the_same_bytes()
    {
        using var ornaments = new Ornaments(40, 16);
        string[] paths = [_folder.File("a.zip"), _folder.File("b.zip")];
        Assert.All(paths, path => DatasetExport.Zip(ornaments, path));
        Assert.Equal(File.ReadAllBytes(paths[0]), File.ReadAllBytes(paths[1]));
    }

    [Fact]
    public void Nothing_is_written_when_it_is_stopped_or_no_image_can_be_read()
    {
        using var ornaments = new Ornaments(1000, 16);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => DatasetExport.Zip(ornaments, _folder.File("a.zip"), null, done => stop.Cancel(), stop.Token));
        string bad = Write("1.png", [1]);
        using var single = new ImageFileSource(bad);
        Assert.Contains("Not one image", Assert.Throws<UnderpaintException>(() => DatasetExport.Zip(single, _folder.File("a.zip"))).Message);
        Assert.Equal([bad], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_a_killed_process_left_of_the_same_archive_is_removed()
    {
        using var ornaments = new Ornaments(1, 16);
        Write(".a.zip.dead.tmp", [1]);
        string other = Write(".b.zip.dead.tmp", [1]), path = _folder.File("a.zip");
        DatasetExport.Zip(ornaments, path);
        Assert.Equal([other, path], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_source_that_fails_as_a_whole_ends_the_work_with_its_own_error()
    {
        using var source = new MemorySource(8) { Failure = new UnderpaintException("The disk is gone.", "Mount it again.") };
        Assert.Same(source.Failure, Assert.Throws<UnderpaintException>(() => DatasetExport.Zip(source, _folder.File("a.zip"))));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
