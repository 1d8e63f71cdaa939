using System.Text.Json;
using Underpaint.Codes.Latents;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>What a latent DPM is being trained on and with, in <c>training.json</c>: a folder goes on with this and with nothing else.</summary>
internal sealed record LatentRunFile(string Model, string CodesSha256, string Recipe, string Device, int Threads)
{
    private const string FileName = "training.json";
    private const int MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>Why the training is no longer bit for bit an uninterrupted one: what was changed when it was resumed, oldest first.</summary>
    public IReadOnlyList<string> Departures { get; init; } = [];

    /// <summary>Reads it; null where there is none, or none that can be read.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static LatentRunFile? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && SmallFile.Read(path, MaxBytes) is { } json ? JsonSerializer.Deserialize<LatentRunFile>(json, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="files">The disk.</param>
    public void Write(string folder, IFiles files) =>
        AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Json), files);

    /// <summary>This for a training that goes on from <paramref name="earlier"/>: with what has changed since.</summary>
    /// <param name="earlier">What its newest save was made with.</param>
    public LatentRunFile After(LatentRunFile earlier) => this with
    {
        Departures = [.. earlier.Departures.Concat(DifferencesFrom(earlier)).TakeLast(RunEnvironment.MostDepartures)],
    };

    /// <summary>Whether a training of this can go on as that of another: the same but for its length and the machine.</summary>
    /// <param name="other">The other.</param>
    public bool GoesOnAs(LatentRunFile other) =>
        (Model, CodesSha256) == (other.Model, other.CodesSha256) && WithoutLength(Recipe) == WithoutLength(other.Recipe);

    private IEnumerable<string> DifferencesFrom(LatentRunFile earlier)
    {
        if (Device != earlier.Device)
            yield return $"device was {earlier.Device}, now {Device}";
        if (Threads != earlier.Threads)
            yield return $"threads was {earlier.Threads}, now {Threads}";
    }

    private static string? WithoutLength(string recipe)
    {
        try
        {
            return LatentRecipeJson.Write(LatentRecipeJson.Read(recipe, "The earlier recipe") with { Images = 1 });
        }
        catch (UnderpaintException)
        {
            return null;
        }
    }
}
