using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Data.Sources;

public sealed class TarSourceTests : IDisposable
{
    private static readonly byte[] Picture = TestImages.Png();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Archives_of_every_form_are_read(TarEntryFormat format)
    {
        using TarSource source = Open(TestTar.Write(format, ("b.png", Picture), ("b.cls", "1"u8.ToArray()), ("a.png", TestImages.Png(5, 3)), ("a.cls", "0\n"u8.ToArray())));
        Assert.Equal(["b.png", "a.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Equal([1, 0], [source.LabelOf(0), source.LabelOf(1)]);
        Assert.Equal(["0", "1"], source.LabelNames);
        Assert.Equal((8, 5), (source.Read(0).Width, source.Read(1).Width));
        Assert.Equal(Picture, source.ReadEncoded(0));
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Long_names_are_read(TarEntryFormat format)
    {
        string name = $"{new string('a', 300)}/{new string('ü', 120)}.png";
        using TarSource source = Open(TestTar.Write(format, (name, Picture), ("b.png", Picture)));
        Assert.Equal([name, "b.png"], [source.NameOf(0), source.NameOf(1)]);
    }

    [Fact]
    public void What_the_tar_program_writes_is_read()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tar") || File.Exists("/bin/tar"), "needs the program tar");
        foreach (string format in (string[])["v7", "ustar", "pax", "gnu"])
        {
            string name = $"{new string('n', format is "pax" or "gnu" ? 150 : 80)}.png", folder = _folder.File(format);
            foreach (string kind in (string[])["cat", "dog"])
            {
                _ = Directory.CreateDirectory(Path.Combine(folder, kind));
                File.WriteAllBytes(Path.Combine(folder, kind, name), Picture);
            }
            using var tar = System.Diagnostics.Process.Start("tar", ["-C", folder, $"--format={format}", "-cf", _folder.File("a.tar"), "."]);
            tar.WaitForExit();
            using var source = new TarSource([_folder.File("a.tar")]);
            Assert.Equal([$"cat/{name}", $"dog/{name}"], Enumerable.Range(0, 2).Select(source.NameOf).Order(StringComparer.Ordinal));
            Assert.Equal(["cat", "dog"], source.LabelNames);
        }
    }

    [Theory]
    [InlineData("""{"label": 3}""", 3, "3")]
    [InlineData("""{"caption": "x", "cls": "dog"}""", 0, "dog")]
    public void A_class_may_stand_in_a_JSON_file(string json, int label, string name)
    {
        using TarSource source = Open(TestTar.Write(("1.jpg", Picture), ("1.json", Encoding.UTF8.GetBytes(json))));
        Assert.Equal((label, name), (source.LabelOf(0), source.LabelNames[label]));
    }

    [Fact]
    public void Names_of_classes_are_numbered_in_their_order_and_an_image_may_have_none()
    {
        using TarSource source = Open(TestTar.Write(
            ("1.cls", "dog"u8.ToArray()), ("1.png", Picture), ("2.png", Picture), ("3.png", Picture), ("3.cls", "cat"u8.ToArray())));
        Assert.Equal(["cat", "dog"], source.LabelNames);
        Assert.Equal([1, null, 0], [source.LabelOf(0), source.LabelOf(1), source.LabelOf(2)]);
    }

    [Fact]
    public void Without_classes_the_folders_are_the_classes()
    {
        using TarSource source = Open(TestTar.Write(("./", []), ("./dog/1.png", Picture), ("./cat/2.JPG", Picture), ("./cat/._2.jpg", [1])));
        Assert.Equal((2, "dog/1.png"), (source.Count, source.NameOf(0)));
        Assert.Equal((1, 0), (source.LabelOf(0), source.LabelOf(1)));
    }

    [Fact]
    public void Of_several_files_of_a_name_the_image_is_the_one_that_says_nothing_else()
    {
        using TarSource source = Open(TestTar.Write(("1.mask.png", [1]), ("1.png", Picture), ("photo.v2.png", Picture), ("2.txt", [1])));
        Assert.Equal(["1.png", "photo.v2.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Contains("which one is meant", Refused(TestTar.Write(("1.jpg", Picture), ("1.png", Picture))));
    }

    [Fact]
    public void Shards_follow_each_other_and_equal_names_are_told_apart()
    {
        string a = Write("a-000000.tar", TestTar.Write(("1.png", TestImages.Png(3, 3)), ("1.cls", "4"u8.ToArray())));
        string b = Write("a-000001.tar", TestTar.Write(("1.png", TestImages.Png(4, 4)), ("1.cls", "5"u8.ToArray())));
        using var source = new TarSource([a, b]);
        Assert.Equal(["a-000000/1.png", "a-000001/1.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Equal((3, 4, 4, 5), (source.Read(0).Width, source.Read(1).Width, source.LabelOf(0), source.LabelOf(1)));
    }

    [Fact]
    public void An_archive_is_read_from_several_threads_at_once()
    {
        using TarSource source = Open(TestTar.Write([.. Enumerable.Range(1, 50).Select(i => ($"{i:00}.png", TestImages.Png(i, 1)))]));
        Parallel.For(0, 500, i => Assert.Equal(i % 50 + 1, source.Read(i % 50).Width));
    }

    [Fact]
    public void A_truncated_archive_is_refused_wherever_it_breaks_off()
    {
        byte[] tar = TestTar.Write(TarEntryFormat.Pax, ("1.png", Picture), ("2.png", Picture));
        int end = tar.Length - tar.AsSpan().TrimEnd((byte)0).Length;
        for (int length = 0; length < tar.Length - end + 1024; length += 7)
            Assert.Throws<FileFormatException>(() => Open(tar[..length]));
    }

    [Fact]
    public void Two_archives_one_behind_the_other_are_refused_instead_of_losing_the_second()
    {
        byte[] tar = TestTar.Write(("1.png", Picture));
        Assert.Contains("goes on behind", Refused([.. tar, .. tar]));
    }

    [Fact]
    public void A_changed_header_is_noticed()
    {
        byte[] tar = TestTar.Write(("1.png", Picture));
        tar[0] = (byte)'2';
        Assert.Contains("sum does not match", Refused(tar));
    }

    [Fact]
    public void A_length_beyond_the_archive_is_refused_before_memory_is_taken()
    {
        byte[] tar = TestTar.Write(("1.png", Picture));
        tar.AsSpan(124, 12).Clear();
        tar[124] = 128;
        BinaryPrimitives.WriteInt64BigEndian(tar.AsSpan(128), long.MaxValue / 2);
        Assert.Contains("reaches beyond its end", Refused(Summed(tar)));
    }

    [Fact]
    public void An_image_beyond_the_limits_is_refused_and_the_others_are_read()
    {
        string path = Write("a.tar", TestTar.Write(("1.png", Picture), ("2.png", new byte[2000])));
        using var source = new TarSource([path], new DecodeLimits { MaxBytes = 1000 });
        Assert.Equal(8, source.Read(0).Width);
        Assert.Contains("more than the limit", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
    }

    [Fact]
    public void An_archive_that_is_gone_costs_its_images_and_not_the_run()
    {
        using TarSource source = Open(TestTar.Write(("1.png", Picture)));
        File.Delete(_folder.File("data.tar"));
        Assert.Contains("1.png cannot be read", Assert.Throws<FileFormatException>(() => source.Read(0)).Message);
    }

    [Fact]
    public void A_disk_that_fails_is_no_damaged_image()
    {
        using TarSource source = Open(TestTar.Write(("1.png", Picture)));
        using (HeldFile.Hold(_folder.File("data.tar")))
            Assert.Contains("data.tar", Assert.Throws<UnderpaintException>(() => source.Read(0)).What);
        Assert.Equal(8, source.Read(0).Width);
    }

    [Fact]
    public void Files_with_holes_links_and_folders_are_no_images()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "l.png") { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "h.png") { LinkName = "1.png" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "1.png") { DataStream = new MemoryStream(Picture) });
        }
        using TarSource source = Open(stream.ToArray());
        Assert.Equal((1, "1.png"), (source.Count, source.NameOf(0)));
        byte[] tar = TestTar.Write(TarEntryFormat.Gnu, ("1.png", Picture));
        tar[156] = (byte)'S';
        Assert.Contains("with holes", Refused(Summed(tar)));
    }

    [Theory]
    [InlineData("1.cls", "70000", "the highest is")]
    [InlineData("1.cls", " ", "is empty")]
    [InlineData("1.json", "{", "no valid JSON")]
    [InlineData("1.json", """{"label": [1]}""", "neither a whole number nor a name")]
    public void A_class_that_cannot_be_is_an_error(string name, string text, string problem) =>
        Assert.Contains(problem, Refused(TestTar.Write(("1.png", Picture), (name, Encoding.UTF8.GetBytes(text)))));

    [Fact]
    public void Numbers_and_names_of_classes_do_not_mix() => Assert.Contains("by number and others by name",
        Refused(TestTar.Write(("1.png", Picture), ("1.cls", "1"u8.ToArray()), ("2.png", Picture), ("2.cls", "dog"u8.ToArray()))));

    [Fact]
    public void An_archive_without_images_is_an_error() =>
        Assert.Contains("holds no images", Assert.Throws<UnderpaintException>(() => Open(TestTar.Write(("a.txt", [1])))).Message);

    [Fact]
    public void Another_pixel_another_name_and_a_longer_file_show_in_the_fingerprint()
    {
        byte[] white = TestImages.Bmp(), black = [.. white];
        black[^4] ^= 255;
        (string, byte[])[][] all = [[("1.png", white)], [("1.png", black)], [("2.png", white)], [("1.png", [.. white, 0])], [("1.png", white), ("3.png", white)]];
        Assert.Equal(all.Length, all.Select(files => Open(TestTar.Write(files)).Fingerprint()).Distinct().Count());
        Assert.Equal(Open(TestTar.Write(all[0])).Fingerprint(), new TarSource([Write("moved.tar", TestTar.Write(all[0]))]).Fingerprint());
    }

    private static byte[] Summed(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes($"{Convert.ToString(tar.AsSpan(0, 512).ToArray().Sum(value => value), 8).PadLeft(6, '0')}\0 ").CopyTo(tar.AsSpan(148));
        return tar;
    }

    private string Refused(byte[] tar) => Assert.Throws<FileFormatException>(() => Open(tar)).Message;

    private TarSource Open(byte[] tar) => new([Write("data.tar", tar)]);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
