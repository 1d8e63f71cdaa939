using System.Text.Json;
using Underpaint.Codes;
using Underpaint.Evaluation;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>What the pictures of a folder are decoded from and how, in <c>decoding.json</c>: the folder takes these and no others.</summary>
internal sealed record DecodingFile(string Model, string Codes, string Precision, int Steps, string Solver, string Grid, long Seed)
{
    private const string FileName = "decoding.json";
    private const int MaxBytes = 1 << 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    // In the order in which a difference matters.
    private (string What, string? Value)[] Parts =>
    [
        ("model", Model), ("codes", Codes), ("precision", Precision),
        ("steps", $"{Steps}"), ("solver", Solver), ("grid", Grid), ("seed", $"{Seed}"),
    ];

    /// <summary>What decoding is about.</summary>
    /// <param name="model">The model.</param>
    /// <param name="codes">All codes, whatever the share; every one is read.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Stops reading.</param>
    public static DecodingFile Of(DiffusionAutoencoder model, ICodeSource codes, DecodingOptions options, CancellationToken stop) => new(
        model.Identity, codes.Fingerprint(stop), model.Precision, options.Steps, DecodingWords.Of(options.Solver), DecodingWords.Of(options.Grid), options.Seed);

    /// <summary>Says in a folder that its pictures are these, where nothing says that they are others.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pictures">The pattern of its pictures' names.</param>
    /// <exception cref="UnderpaintException">It has others, or pictures that nothing is known about; or it cannot be read or written.</exception>
    public void Claim(string folder, string pictures)
    {
        string path = Path.Combine(folder, FileName);
        DecodingFile? there = Read(path);
        if (there is not null && there != this)
            throw new UnderpaintException($"{folder} is for pictures that are decoded otherwise ({Discrepancy.Between(there.Parts, Parts)}).",
                "Give the same command as then to go on with them, or name another folder.");
        if (there is null && Holds(folder, pictures))
            throw new UnderpaintException($"{folder} holds decoded pictures, but no {FileName} that says what they are.", "Name another folder.");
        if (there is null)
            AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json));
    }

    private static bool Holds(string folder, string pictures)
    {
        try
        {
            return Directory.EnumerateFiles(folder, pictures).Any();
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(folder, e);
        }
    }

    // Null where there is none, or none that can be understood.
    private static DecodingFile? Read(string path)
    {
        try
        {
            return File.Exists(path) && SmallFile.Read(path, MaxBytes) is { } json ? JsonSerializer.Deserialize<DecodingFile>(json, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
