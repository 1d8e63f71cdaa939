using System.Security.Cryptography;

namespace Underpaint.Harness.Killing;

/// <summary>What a finished run comes to, in one hash: its model file and the weights and moments of its newest checkpoint.</summary>
internal static class RunResult
{
    /// <summary>SHA-256 over all of it.</summary>
    public static string HashOf(string run)
    {
        string newest = Directory.GetDirectories(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal).Last();
        string[] files = [Path.Combine(run, "model.safetensors"), .. Directory.GetFiles(newest, "*.safetensors").Order(StringComparer.Ordinal)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
