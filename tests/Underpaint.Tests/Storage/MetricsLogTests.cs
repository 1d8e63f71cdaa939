using System.Text.Json.Nodes;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class MetricsLogTests
{
    [Fact]
    public void Lines_are_read_as_they_were_added()
    {
        using var folder = new TemporaryFolder();
        var log = new MetricsLog(folder.File("metrics.jsonl"));
        Assert.Empty(log.ReadAll());
        log.Append(Line(64, 0.5));
        log.Append(Line(128, 0.25));
        Assert.Equal([0.5, 0.25], log.ReadAll().Select(line => (double)line["loss"]!));
        Assert.Equal("""{"imagesSeen":64,"loss":0.5}""", File.ReadLines(folder.File("metrics.jsonl")).First());
    }

    [Fact]
    public void A_line_cut_off_by_a_crash_is_ignored_and_then_replaced()
    {
        using var folder = new TemporaryFolder();
        var log = new MetricsLog(folder.File("metrics.jsonl"));
        foreach (string torn in (string[])["{\"images", "{", new string('\0', 300), "{\"imagesSeen\":192}"])
        {
            File.WriteAllText(folder.File("metrics.jsonl"), "{\"imagesSeen\":64}\n" + torn);
            Assert.Equal([64], Positions(log));
            log.Append(Line(128, 1));
            Assert.Equal([64, 128], Positions(log));
        }
    }

    [Fact]
    public void A_full_disk_costs_the_new_line_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        new MetricsLog(path).Append(Line(64, 1));
        using var full = new InjectedFiles(Fault.Full, step: 2);
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => new MetricsLog(path, full).Append(Line(128, 1)));
        Assert.Contains("Free some space", e.Remedy, StringComparison.Ordinal);
        Assert.Equal([64], Positions(new MetricsLog(path)));
        new MetricsLog(path).Append(Line(192, 1));
        Assert.Equal([64, 192], Positions(new MetricsLog(path)));
    }

    [Fact]
    public void Truncating_keeps_the_lines_up_to_a_position_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        var log = new MetricsLog(path);
        log.Truncate(0);
        File.WriteAllText(path, "{ \"imagesSeen\": 64 }\n{\"imagesSeen\":128,\"x\":1.50}\n{\"imagesSeen\":192}\n{\"ima");
        log.Truncate(128);
        Assert.Equal("{ \"imagesSeen\": 64 }\n{\"imagesSeen\":128,\"x\":1.50}\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"imagesSeen":1.5}""")]
    [InlineData("""{"imagesSeen":-1}""")]
    [InlineData("""{"imagesSeen":1e30}""")]
    [InlineData("""{"imagesSeen":"1"}""")]
    [InlineData("""{"imagesSeen":1,"imagesSeen":1}""")]
    [InlineData("""{"imagesSeen":1,"a":{"b":0,"b":0}}""")]
    [InlineData("""{"imagesSeen":1,"text":"\ud800"}""")]
    [InlineData("""{"imagesSeen":1,"\udc00":1}""")]
    [InlineData("""{"imagesSeen":1}{}""")]
    public void A_damaged_line_is_an_error_that_tells_which(string damaged)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        string content = $"{{\"imagesSeen\":64}}\n{damaged}\n{{\"imagesSeen\":192}}\n";
        File.WriteAllText(path, content);
        var log = new MetricsLog(path);
        Assert.Contains("line 2", Assert.Throws<FileFormatException>(() => Positions(log)).Message, StringComparison.Ordinal);
        Assert.Throws<FileFormatException>(() => log.Truncate(1000));
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void Text_that_is_not_utf8_and_deep_nesting_are_damage()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        File.WriteAllBytes(path, [.. "{\"imagesSeen\":1,\"a\":\""u8, 0xFF, .. "\"}\n"u8]);
        Assert.Throws<FileFormatException>(() => Positions(new MetricsLog(path)));
        File.WriteAllText(path, $"{{\"imagesSeen\":1,\"a\":{new string('[', 200_000)}\n");
        Assert.Throws<FileFormatException>(() => Positions(new MetricsLog(path)));
    }

    [Theory]
    [InlineData(MetricsLog.MaxLineBytes, true)]
    [InlineData(MetricsLog.MaxLineBytes + 1, false)]
    public void A_line_has_at_most_a_mebibyte(int bytes, bool fits)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        string line = $$"""{"imagesSeen":1,"text":"{{new string('x', bytes - 26)}}"}""";
        Assert.Equal(bytes, line.Length);
        File.WriteAllText(path, line + "\n");
        if (fits)
            Assert.Equal([1], Positions(new MetricsLog(path)));
        else
            Assert.Throws<FileFormatException>(() => Positions(new MetricsLog(path)));
    }

    [Fact]
    public void A_file_without_line_ends_is_neither_read_into_memory_nor_added_to()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        using (FileStream file = File.Create(path))
            file.SetLength(1L << 33);
        Assert.Throws<FileFormatException>(() => Positions(new MetricsLog(path)));
        Assert.Throws<FileFormatException>(() => new MetricsLog(path).Append(Line(1, 1)));
        Assert.Equal(1L << 33, new FileInfo(path).Length);
    }

    [Fact]
    public void A_file_of_endless_lines_is_not_read_to_its_end()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("metrics.jsonl");
        byte[] line = [.. "{\"imagesSeen\":64}\n"u8];
        using (FileStream file = File.Create(path))
        {
            for (int bytes = 0; bytes <= MetricsLog.MaxBytes; bytes += line.Length)
                file.Write(line);
        }
        FileFormatException e = Assert.Throws<FileFormatException>(() => new MetricsLog(path).ReadAll().Count());
        Assert.Contains("more than 33554432 bytes", e.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_a_position_cannot_be_added()
    {
        using var folder = new TemporaryFolder();
        var log = new MetricsLog(folder.File("metrics.jsonl"));
        Assert.Throws<ArgumentException>(() => log.Append(new JsonObject { ["loss"] = 1 }));
        Assert.Throws<ArgumentException>(() => log.Append(Line(1, double.NaN)));
        Assert.False(File.Exists(folder.File("metrics.jsonl")));
    }

    [Fact]
    public void Reading_goes_on_while_lines_are_added()
    {
        using var folder = new TemporaryFolder();
        var log = new MetricsLog(folder.File("metrics.jsonl"));
        log.Append(Line(1, 1));
        using IEnumerator<JsonObject> reading = log.ReadAll().GetEnumerator();
        Assert.True(reading.MoveNext());
        log.Append(Line(2, 1));
        Assert.True(reading.MoveNext());
        Assert.Equal(2, (long)reading.Current["imagesSeen"]!);
    }

    private static JsonObject Line(long imagesSeen, double loss) => new() { ["imagesSeen"] = imagesSeen, ["loss"] = loss };

    private static long[] Positions(MetricsLog log) => [.. log.ReadAll().Select(line => (long)line["imagesSeen"]!)];
}
