using System.Text.Json;

namespace Underpaint.Storage;

/// <summary>The process that holds a run's lock; kept beside it, since a lock file that is held cannot be read.</summary>
internal sealed record RunWriter(int ProcessId, string Host, DateTimeOffset Since)
{
    private const int MaxBytes = 4096;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>This process, from now on.</summary>
    public static RunWriter ThisProcess() => new(Environment.ProcessId, Environment.MachineName, DateTimeOffset.UtcNow);

    /// <summary>Who a file names, in words; "another process" where it cannot be read.</summary>
    public static string Describe(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.Length <= MaxBytes && JsonSerializer.Deserialize<RunWriter>(file, Json) is { } writer
                ? $"process {writer.ProcessId} on {writer.Host}, since {writer.Since:u}"
                : "another process";
        }
        catch (Exception e) when (DiskError.Is(e) || e is JsonException)
        {
            return "another process";
        }
    }
}
