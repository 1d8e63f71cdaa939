using System.Text.Json.Nodes;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Storage;

namespace Underpaint.Tests.Codes.Files;

public sealed class CodeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void What_is_written_is_read_again(string kind)
    {
        foreach (bool exact in new[] { false, true })
        {
            using var codes = new SampleCodes(count: 100, exact);
            string path = _folder.File($"{exact}{kind}");
            CodeFile.Write(path, codes);
            using ICodeSource read = CodeFile.Open(path);
            Assert.Equivalent(codes.Origin, read.Origin);
            Assert.Equal(codes.LabelNames, read.LabelNames);
            Assert.Equal(codes.Statistics.Mean, SampleCodes.HeaderIn(path).Statistics!.Mean);
            Assert.Equal(codes.Statistics.Deviation, SampleCodes.HeaderIn(path).Statistics!.Deviation);
            Assert.Equal(100, read.Count);
            Assert.Equivalent(RowGroups.Of(codes.Read(), 7).ToArray(), read.Read(7).ToArray(), strict: true);
        }
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void Stochastic_codes_are_read_once_for_a_file_and_only_where_they_are_asked_for(string kind)
    {
        using var codes = new SampleCodes(count: 100, exact: true);
        string path = _folder.File($"a{kind}");
        CodeFile.Write(path, codes);
        Assert.Equal(1, codes.StochasticReads);
        using ICodeSource read = CodeFile.Open(path);
        foreach (CodeParts parts in new[] { CodeParts.None, CodeParts.Codes, CodeParts.StochasticCodes })
            Assert.Equivalent(RowGroups.Of(codes.Read(parts: parts), 64).ToArray(), RowGroups.Of(read.Read(parts: parts), 64).ToArray(), strict: true);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void A_file_may_hold_no_codes_but_files_that_are_used_hold_one_at_least(string kind)
    {
        using SampleCodes none = new(count: 0, exact: true, end: 100), some = new(count: 2, exact: true, first: 100);
        string empty = _folder.File($"none{kind}"), other = _folder.File($"some{kind}");
        CodeFile.Write(empty, none);
        CodeFile.Write(other, some);
        Assert.Empty(SampleCodes.ReadAll(empty));
        Assert.Contains("not one code", Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([empty])).Message);
        using ICodeSource both = CodeFile.OpenAll([other, empty]);
        Assert.Equal((2, 0, 500), (both.Count, both.Origin.First, both.Origin.End));
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void Writing_can_be_stopped_and_leaves_nothing_behind(string kind)
    {
        using var codes = new SampleCodes(count: 100, exact: true);
        string path = _folder.File($"a{kind}");
        // Pieces of the codes, of the names and so on: it is stopped at each of them.
        for (int piece = 1; ; piece++)
        {
            using var stop = new CancellationTokenSource();
            using var stopping = new StoppingCodes(codes, stop, piece);
            if (Record.Exception(() => CodeFile.Write(path, stopping, stop.Token)) is not { } stopped)
                break;
            Assert.IsType<OperationCanceledException>(stopped, exactMatch: false);
            Assert.Empty(Directory.GetFiles(_folder.Path));
            Assert.True(piece < 20);
        }
        Assert.Equal(100, SampleCodes.ReadAll(path).Sum(rows => rows.Count));
    }

    [Fact]
    public void What_a_killed_process_left_of_a_file_is_removed_when_it_is_written_again()
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        string[] left = [_folder.File(".a.npy.x1y2z3.tmp"), _folder.File(".a.npy.json.x1y2z3.tmp")], others = [_folder.File(".b.npy.x1y2z3.tmp"), _folder.File(".tmp")];
        foreach (string file in left.Concat(others))
            File.WriteAllText(file, "");
        CodeFile.Write(_folder.File("a.npy"), codes);
        Assert.DoesNotContain(left, File.Exists);
        Assert.All(others, file => Assert.True(File.Exists(file)));
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void A_file_that_is_cut_anywhere_is_refused(string kind)
    {
        using var codes = new SampleCodes(count: 5, exact: true);
        string path = _folder.File($"a{kind}");
        CodeFile.Write(path, codes);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 1 + whole.Length / 200)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(path));
        }
    }

    [Theory]
    [InlineData("format", "2", "format 2")]
    [InlineData("labelNames", "[null]", "names of classes")]
    [InlineData("statistics", """{"mean":[0],"deviation":[0]}""", "impossible statistics")]
    [InlineData("extra", "1", "damaged description")]
    public void A_description_that_cannot_be_is_refused(string key, string value, string reason)
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        JsonObject header = JsonNode.Parse(CodeHeader.Of(codes).Write())!.AsObject();
        header[key] = JsonNode.Parse(value);
        Assert.Contains(reason, Assert.Throws<FileFormatException>(() => CodeHeader.Parse(header.ToJsonString(), "a")).Message);
    }

    [Theory]
    [InlineData("model", "\"abc\"")]
    [InlineData("codeSize", "0")]
    [InlineData("first", "-1")]
    [InlineData("end", "1000")]
    [InlineData("channels", "2")]
    [InlineData("imageSize", "16384")]
    public void An_origin_that_cannot_be_is_refused(string key, string value)
    {
        using var codes = new SampleCodes(count: 2, exact: true);
        JsonObject header = JsonNode.Parse(CodeHeader.Of(codes).Write())!.AsObject();
        header["origin"]![key] = JsonNode.Parse(value);
        Assert.Contains("cannot be", Assert.Throws<FileFormatException>(() => CodeHeader.Parse(header.ToJsonString(), "a")).Message);
    }

    [Fact]
    public void Codes_of_two_precisions_do_not_go_together_and_those_of_an_unknown_one_go_with_any()
    {
        string old = Part(null, 0, 100), exact = Part("float32", 100, 200), rough = Part("bfloat16", 200, 300);
        Assert.Contains("(precision bfloat16, not float32)", Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([exact, rough])).Message);
        Assert.Throws<FileFormatException>(() => CodeFile.OpenAll([old, exact, rough]));
        using ICodeSource joined = CodeFile.OpenAll([old, exact]), same = CodeFile.OpenAll([rough, Part("bfloat16", 300, 400)]);
        Assert.Null(joined.Origin.Precision);
        Assert.Equal("bfloat16", same.Origin.Precision);

        string Part(string? precision, int first, int end)
        {
            using var codes = new SampleCodes(count: 5, exact: false, precision, first, end);
            string path = _folder.File($"{first}.npy");
            CodeFile.Write(path, codes);
            return path;
        }
    }

    [Theory]
    [InlineData(",\"precision\":null", "")]
    [InlineData("\"precision\":null", "\"precision\":\"float16\"")]
    public void A_description_without_a_precision_is_read_and_one_with_an_impossible_precision_is_not(string now, string then)
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        string json = CodeHeader.Of(codes).Write();
        Assert.Contains(now, json);
        json = json.Replace(now, then);
        if (then.Length == 0)
            Assert.Null(CodeHeader.Parse(json, "a").Origin.Precision);
        else
            Assert.Contains("cannot be", Assert.Throws<FileFormatException>(() => CodeHeader.Parse(json, "a")).Message);
    }

    [Fact]
    public void A_fingerprint_is_of_the_codes_and_not_of_their_file()
    {
        using var codes = new SampleCodes(count: 100, exact: true);
        string[] paths = [_folder.File("a.safetensors"), _folder.File("a.npy"), _folder.File("a.parquet")];
        string[] fingerprints = [.. paths.Select(Written)];
        Assert.Single(fingerprints.Distinct());
        using ICodeSource others = new SampleCodes(count: 99, exact: true);
        Assert.NotEqual(fingerprints[0], others.Fingerprint());

        string Written(string path)
        {
            CodeFile.Write(path, codes);
            using ICodeSource read = CodeFile.Open(path);
            return read.Fingerprint();
        }
    }

    [Fact]
    public void A_safetensors_file_of_something_else_is_no_code_file()
    {
        AtomicFile.Write(_folder.File("a.safetensors"), stream => SafetensorsWriter.Write(stream, []));
        Assert.Contains("holds no codes", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(_folder.File("a.safetensors"))).Message);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        CodeFile.Write(_folder.File("a.npy"), codes);
        byte[] bytes = File.ReadAllBytes(_folder.File("a.npy"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(_folder.File("a.npy"), bytes);
        Assert.Contains("not finite", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(_folder.File("a.npy"))).Message);
    }
}
