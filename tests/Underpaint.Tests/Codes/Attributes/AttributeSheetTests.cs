using Underpaint.Codes;
using Underpaint.Codes.Attributes;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Codes.Attributes;

public sealed class AttributeSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_csv_gives_each_image_its_values_whatever_the_order()
    {
        AttributeSheet sheet = Read("a.csv", "\uFEFFfile,smile,\"age, in years\",old\r\nb.png,0,20.5,false\r\n\"a.png\",1,61,True\r\nc.png,0,1e1,false\r\n");
        Assert.Equal(["smile", "age, in years", "old"], sheet.Names);
        LabelledCodes data = sheet.Match(Codes("faces/a.png", "faces/b.png", "faces/c.png"));
        Assert.Equal([true, false, true], data.Attributes.Select(attribute => attribute.IsBinary));
        Assert.Equal([1, 0, 0], data.Attributes[0].Values);
        Assert.Equal([61, 20.5, 10], data.Attributes[1].Values);
    }

    [Fact]
    public void Of_two_values_the_higher_says_that_an_image_has_it()
    {
        LabelledCodes data = Read("a.csv", "file,x\na,7\nb,3\n").Match(Codes("a", "b"));
        Assert.Equal([1, 0], data.Attributes[0].Values);
    }

    [Fact]
    public void A_value_that_all_images_have_is_no_reason_to_refuse_the_others()
    {
        LabelledCodes data = Read("a.csv", "file,x,y\na,1,0\nb,1,1\n").Match(Codes("a", "b"));
        Assert.Equal([false, true], data.Attributes.Select(attribute => attribute.IsBinary));
        Assert.Equal([1, 1], data.Attributes[0].Values);
    }

    [Fact]
    public void A_list_in_the_form_of_celeba_is_read()
    {
        AttributeSheet sheet = Read("list_attr_celeba.txt", "3\nSmiling  Male \n000001.jpg  1 -1\n000002.jpg -1  1\n000003.jpg  1  1\n");
        LabelledCodes data = sheet.Match(Codes("img/000001.jpg", "img/000002.jpg", "img/000003.jpg"));
        Assert.Equal(["Smiling", "Male"], data.Attributes.Select(attribute => attribute.Name));
        Assert.Equal([1, 0, 1], data.Attributes[0].Values);
    }

    [Theory]
    [InlineData("list_attr_celeba.txt", "img_align_celeba")] // as torchvision lays it out
    [InlineData("Anno/list_attr_celeba.txt", "Img/img_align_celeba.zip")] // as it is published
    public void The_published_list_of_celeba_is_found_beside_its_images(string list, string images)
    {
        byte[] picture = TestImages.Encoded(SkiaSharp.SKEncodedImageFormat.Jpeg, 178, 218);
        string[] names = ["000001.jpg", "000002.jpg"];
        string path = _folder.File(images), folder = Path.GetDirectoryName(_folder.File(list))!;
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (path.EndsWith(".zip"))
        {
            File.WriteAllBytes(path, TestImages.Zip([.. names.Select(name => ($"img_align_celeba/{name}", picture))]));
        }
        else
        {
            Directory.CreateDirectory(path);
            Assert.All(names, name => File.WriteAllBytes(Path.Combine(path, name), picture));
        }
        File.WriteAllText(_folder.File(list), "2\nSmiling Male\n000001.jpg  1 -1\n000002.jpg -1  1\n");
        using IImageSource source = ImageSources.Open(path);
        Assert.Equal(64, source.Read(1, new DataOptions { Size = 64, Crop = ImageCrop.Celeba }).Width);
        foreach (string named in new[] { path, _folder.Path })
        {
            LabelledCodes data = AttributeSheet.Read(named).Match(Codes([.. Enumerable.Range(0, source.Count).Select(source.NameOf)]));
            Assert.Equal([1, 0], data.Attributes[0].Values);
        }
    }

    [Fact]
    public void Images_without_a_list_are_refused_with_its_name() =>
        Assert.Contains("list_attr_celeba.txt", Assert.Throws<UnderpaintException>(() => AttributeSheet.Read(_folder.Path)).Message);

    [Fact]
    public void Images_that_only_one_side_has_are_refused_or_left_out()
    {
        AttributeSheet sheet = Read("a.csv", "file,x\na,1\nb,0\nd,1\n");
        Assert.Contains("is about 1 image of which", Refusal(() => sheet.Match(Codes("a", "b"))));
        Assert.Contains("is to be used with 1 image about which it says nothing ('c')", Refusal(() => sheet.Match(Codes("a", "b", "c", "d"))));
        LabelledCodes data = sheet.Match(Codes("a", "b", "c"), allowMissing: true);
        Assert.Equal(["a", "b"], data.Codes.Rows.Files);
        Assert.Equal([0, 1, 2, 3], data.Codes.Rows.Codes);
        Assert.Contains("of which", Refusal(() => sheet.Match(Codes("x", "y"), allowMissing: true)));
    }

    [Fact]
    public void A_file_name_that_two_folders_have_must_be_written_in_full()
    {
        AttributeSheet bare = Read("a.csv", "file,x\n1.png,1\n2.png,0\n");
        Assert.Contains("1.png", Refusal(() => bare.Match(Codes("a/1.png", "b/1.png"))));
        LabelledCodes data = Read("b.csv", "file,x\nb/1.png,1\na/1.png,0\n").Match(Codes("a/1.png", "b/1.png"));
        Assert.Equal([0, 1], data.Attributes[0].Values);
    }

    [Theory]
    [InlineData("file,x\na,NaN\nb,1\n", "'NaN' in the column 'x' of line 2")]
    [InlineData("file,x\na,inf\nb,1\n", "line 2")]
    [InlineData("file,x\na,\nb,1\n", "nothing in the column 'x'")]
    [InlineData("file,x\na,yes\nb,1\n", "'yes'")]
    [InlineData("file,x,x\na,1,2\nb,3,4\n", "two columns named 'x'")]
    [InlineData("file,x\na,1\na,2\n", "the image 'a' twice")]
    [InlineData("file,x\na,1,2\n", "3 fields in line 2")]
    [InlineData("file,x\n\"a,1\n", "without an end")]
    [InlineData("file,x\n\"a\"b,1\n", "after a closing quote")]
    [InlineData("file\na\n", "names no attribute")]
    [InlineData("file,x\n", "about no image")]
    [InlineData("", "names no attribute")]
    public void A_broken_csv_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Refusal(() => Read("a.csv", text).Match(Codes("a", "b"))));

    [Theory]
    [InlineData("file;smile;age\na.png;1;20,5\n", "semicolons between its columns")]
    [InlineData("\"file\";\"smile\"\r\n\"a.png\";1\r\n", "semicolons between its columns")]
    [InlineData("file\tsmile\na.png\t1\n", "tabs between its columns")]
    public void A_table_with_other_marks_between_its_columns_is_refused_with_what_is_wanted(string text, string reason)
    {
        FileFormatException refusal = Assert.Throws<FileFormatException>(() => Read("a.csv", text));
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("commas between columns, and points in decimal numbers", refusal.Remedy);
    }

    [Theory]
    [InlineData("file,x\na,1\n", "how many images")]
    [InlineData("2\nx\na 1\n", "has 2 images, and has 1")]
    [InlineData("1\nx\na 0\n", "other than -1 or 1 in line 3")]
    [InlineData("1\nx y\na 1\n", "2 words in line 3")]
    [InlineData("1\nx y\na 1 1 1 1\n", "too many words in line 3")]
    [InlineData("2\nx\na 1\na -1\n", "the image 'a' twice")]
    public void A_broken_list_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Refusal(() => Read("list.txt", text)));

    [Fact]
    public void What_is_no_text_is_refused()
    {
        File.WriteAllBytes(_folder.File("a.csv"), [0xFF, 0xFE, 0x00]);
        Assert.Contains("UTF-8", Refusal(() => AttributeSheet.Read(_folder.File("a.csv"))));
    }

    [Fact]
    public void Classes_become_an_attribute_each()
    {
        CodeTable codes = Codes("a", "b", "c") with { LabelNames = ["cat", "dog", "cat"] };
        LabelledCodes data = LabelledCodes.FromClasses(codes with { Rows = codes.Rows with { Labels = [2, 0, 0] } });
        Assert.Equal(["cat (0)", "cat (2)"], data.Attributes.Select(attribute => attribute.Name));
        Assert.Equal([0, 1, 1], data.Attributes[0].Values);
        Assert.Contains("no classes", Assert.Throws<UnderpaintException>(() => LabelledCodes.FromClasses(codes)).Message);
        Assert.Contains("1 class", Assert.Throws<UnderpaintException>(
            () => LabelledCodes.FromClasses(codes with { Rows = codes.Rows with { Labels = [1, 1, 1] } })).Message);
    }

    [Fact]
    public void Images_without_a_class_are_counted_or_left_out()
    {
        CodeTable codes = Codes("a", "b", "c") with { LabelNames = ["cat", "dog"] };
        codes = codes with { Rows = codes.Rows with { Labels = [0, -1, 1] } };
        Assert.Contains("1 of the 3 images of codes.npy has no class", Assert.Throws<UnderpaintException>(() => LabelledCodes.FromClasses(codes)).Message);
        LabelledCodes data = LabelledCodes.FromClasses(codes, allowMissing: true);
        Assert.Equal(["a", "c"], data.Codes.Rows.Files);
        Assert.Equal([1, 0], data.Attributes[0].Values);
    }

    [Fact]
    public void More_values_than_memory_holds_are_refused_before_they_are_made()
    {
        CodeTable codes = Codes([.. Enumerable.Repeat("a", 270_000)]) with { LabelNames = [.. Enumerable.Range(0, 1000).Select(i => $"{i}")] };
        codes = codes with { Rows = codes.Rows with { Labels = [.. Enumerable.Range(0, 270_000).Select(i => i % 1000)] } };
        Assert.Contains("too many for memory", Assert.Throws<UnderpaintException>(() => LabelledCodes.FromClasses(codes)).Message);
    }

    [Fact]
    public void Factors_of_ornaments_become_attributes_and_other_images_are_refused()
    {
        using Ornaments ornaments = Tiny.Images(20);
        CodeTable codes = Codes([.. Enumerable.Range(0, 20).Select(ornaments.NameOf)]);
        codes = codes with { Origin = codes.Origin with { Fingerprint = ((IImageSource)ornaments).Fingerprint() } };
        LabelledCodes data = OrnamentAttributes.Of(codes, ornaments);
        AttributeValues star = data.Attributes.Single(attribute => attribute.Name == "shape=star");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => ornaments.FactorsOf(i).Shape == OrnamentShape.Star ? 1.0 : 0), star.Values);
        AttributeValues cosine = data.Attributes.Single(attribute => attribute.Name == "hue-cos"), sine = data.Attributes.Single(attribute => attribute.Name == "hue-sin");
        Assert.Equal(ornaments.FactorsOf(3).Hue, (Math.Atan2(sine.Values[3], cosine.Values[3]) * 180 / Math.PI + 360) % 360, 1e-9);
        Assert.Throws<UnderpaintException>(() => OrnamentAttributes.Of(Codes("a"), ornaments));
    }

    private AttributeSheet Read(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return AttributeSheet.Read(_folder.File(name));
    }

    private static string Refusal(Func<object> read) => Assert.Throws<FileFormatException>(read).Message;

    internal static CodeTable Codes(params string[] files) => new()
    {
        Path = "codes.npy",
        Origin = new()
        {
            Model = new string('a', 64),
            CodeSize = 2,
            ImageSize = 16,
            Channels = 3,
            Data = "folder faces",
            Fingerprint = "",
            Images = files.Length,
            First = 0,
            End = files.Length,
        },
        LabelNames = [],
        Rows = new()
        {
            Indices = [.. Enumerable.Range(0, files.Length)],
            Files = files,
            Labels = [.. Enumerable.Repeat(-1, files.Length)],
            Codes = [.. Enumerable.Range(0, 2 * files.Length).Select(i => (float)i)],
        },
    };
}
