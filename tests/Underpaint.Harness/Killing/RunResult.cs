using System.Security.Cryptography;

namespace Underpaint.Harness.Killing;

/// <summary>What a finished run comes to, in one hash: its model file and the weights and moments of its newest checkpoint.</summary>
internal static class RunResult
{
    /// <summary>SHA-256 over all of it.</summary>
    public static string HashOf(string run) => HashOf([Path.Combine(run, "model.safetensors"), .. Weights(run)]);

    /// <summary>SHA-256 over the weights and moments of the newest checkpoint alone.</summary>
    public static string HashOfCheckpoint(string run) => HashOf(Weights(run));

    /// <summary>The folder of the newest checkpoint; null if there is none.</summary>
    public static string? NewestCheckpoint(string run)
    {
        string all = Path.Combine(run, "checkpoints");
        return Directory.Exists(all) ? Directory.GetDirectories(all).Order(StringComparer.Ordinal).LastOrDefault() : null;
    }

    private static string[] Weights(string run) =>
        [.. Directory.GetFiles(NewestCheckpoint(run)!, "*.safetensors").Order(StringComparer.Ordinal)];

    private static string HashOf(string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
