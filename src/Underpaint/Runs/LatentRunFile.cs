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
    public void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json));

    /// <summary>Whether a training of this can go on as that of another: the same but for its length and the machine.</summary>
    /// <param name="other">The other.</param>
    public bool GoesOnAs(LatentRunFile other) =>
        this with { Recipe = other.Recipe, Device = other.Device, Threads = other.Threads } == other && WithoutLength(Recipe) == WithoutLength(other.Recipe);

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
