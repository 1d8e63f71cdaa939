using System.Text.Encodings.Web;
using System.Text.Json;

namespace Underpaint.Codes.Files;

/// <summary>What every code file says about its codes, in JSON, whatever the format: origin, classes and statistics.</summary>
internal sealed record CodeHeader
{
    /// <summary>The key of safetensors and parquet metadata that it stands under.</summary>
    public const string Key = "underpaint.codes";

    /// <summary>What to do about a file that is none of ours.</summary>
    public const string Remedy = "Use a code file that `underpaint encode` wrote, with everything that belongs to it.";

    /// <summary>How it and what stands with it is written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int CurrentFormat = 1;
    private const int MaxCodeSize = 1 << 20;
    private const int MaxImageSize = 1 << 14;
    private const int MaxNames = 1 << 16;

    /// <summary>The version of this description.</summary>
    public required int Format { get; init; }

    /// <summary>What the codes were made of.</summary>
    public required CodeOrigin Origin { get; init; }

    /// <summary>The classes' names by label.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    /// <summary>Mean and deviation of the codes, for other programs; null in an unfinished file. Whoever edits the codes need not mend them.</summary>
    public CodeStatistics? Statistics { get; init; }

    /// <summary>The header of a file of these codes, which are read to be measured.</summary>
    public static CodeHeader Of(ICodeSource codes) => Unfinished(codes.Origin, codes.LabelNames) with
    {
        Statistics = CodeStatistics.Of(codes.Read(parts: CodeParts.Codes).Select(rows => rows.Codes), codes.Origin.CodeSize),
    };

    /// <summary>The header of a file that codes are still being added to.</summary>
    public static CodeHeader Unfinished(CodeOrigin origin, IReadOnlyList<string> labelNames) =>
        new() { Format = CurrentFormat, Origin = origin, LabelNames = labelNames };

    /// <summary>Reads and checks it.</summary>
    /// <param name="json">The JSON; null where the file has none.</param>
    /// <param name="file">The file's name for errors.</param>
    /// <exception cref="FileFormatException">It is missing, damaged, impossible or of another version.</exception>
    public static CodeHeader Parse(string? json, string file)
    {
        if (json is null)
            throw Broken(file, $"holds no codes of Underpaint: it lacks the entry {Key}");
        try
        {
            return (JsonSerializer.Deserialize<CodeHeader>(json, Json) ?? throw Broken(file, "says nothing about its codes")).Checked(file);
        }
        catch (JsonException e)
        {
            throw Broken(file, $"has a damaged description of its codes ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Writes it; the same header gives the same text.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>The error for a file that is not what it should be.</summary>
    public static FileFormatException Broken(string file, string problem, Exception? inner = null) => new(file, problem, Remedy, inner);

    /// <summary>Itself, if it can be.</summary>
    /// <exception cref="FileFormatException">It cannot.</exception>
    public CodeHeader Checked(string file)
    {
        if (Format != CurrentFormat)
            throw new FileFormatException(file, $"has format {Format}; this version reads format {CurrentFormat}",
                "Use the version of Underpaint that wrote it, or a newer one.");
        bool isPossible = ModelIdentity.IsPossible(Origin.Model)
            && Origin.CodeSize is >= 1 and <= MaxCodeSize && Origin.ImageSize is >= 1 and <= MaxImageSize && Origin.Channels is 1 or 3
            && (long)Origin.CodeSize + Origin.StochasticCodeSize <= CodeChecks.MaxValues
            && Origin.First >= 0 && Origin.First < Origin.End && Origin.End <= Origin.Images && Origin.InversionSteps is null or >= 1
            && Origin.Precision is null or "float32" or "bfloat16";
        if (!isPossible)
            throw Broken(file, "describes codes that cannot be");
        if (LabelNames.Count > MaxNames || LabelNames.Any(name => name is null))
            throw Broken(file, "has impossible names of classes");
        if (Statistics is { } statistics && !(statistics.IsPossible && statistics.CodeSize == Origin.CodeSize))
            throw Broken(file, "has impossible statistics of its codes");
        return this;
    }
}
