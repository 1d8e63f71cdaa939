using System.Text.Json;

namespace Underpaint.Storage;

/// <summary>A checkpoint's <c>manifest.json</c>: what belongs to it, so that anything missing or changed is noticed.</summary>
internal sealed record CheckpointManifest(string Format, int Version, long ImagesSeen, IReadOnlyList<CheckpointFile> Files)
{
    public const string FileName = "manifest.json";
    private const string FormatName = "underpaint-checkpoint";
    private const int CurrentVersion = 1;
    private const int MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>The manifest of a checkpoint that is being saved.</summary>
    public static CheckpointManifest Of(long imagesSeen, IReadOnlyList<CheckpointFile> files) =>
        new(FormatName, CurrentVersion, imagesSeen, files);

    /// <summary>Writes it.</summary>
    public void Write(Stream stream) => JsonSerializer.Serialize(stream, this, Json);

    /// <summary>Reads the manifest of a checkpoint folder; the files themselves are not looked at.</summary>
    /// <exception cref="FileFormatException">It breaks a rule, or belongs to another position.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static CheckpointManifest Read(CheckpointFolder folder)
    {
        string path = Path.Combine(folder.Path, FileName);
        CheckpointManifest manifest = Parse(path);
        if (manifest.Format != FormatName)
            throw Broken(path, "is no manifest of a checkpoint");
        if (manifest.Version != CurrentVersion)
            throw new FileFormatException(
                path, $"has version {manifest.Version}, and this Underpaint knows version {CurrentVersion}",
                "Use the version of Underpaint that wrote it.");
        if (manifest.ImagesSeen != folder.ImagesSeen)
            throw Broken(path, $"belongs to {manifest.ImagesSeen} images seen, not to its folder");
        if (manifest.Files.Any(file => file is not { Length: >= 0 } || !IsPlain(file.Name)))
            throw Broken(path, "lists a file with an impossible name or length");
        if (manifest.Files.DistinctBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Count() != manifest.Files.Count)
            throw Broken(path, "lists a file twice");
        return manifest;
    }

    /// <summary>Whether a file's name can be used as it is on every system, and cannot lead out of the folder.</summary>
    public static bool IsPlain(string name) =>
        name.Length is >= 1 and <= 100 && name[0] != '.' && !name.Equals(FileName, StringComparison.OrdinalIgnoreCase)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static CheckpointManifest Parse(string path)
    {
        try
        {
            byte[] json = SmallFile.Read(path, MaxBytes) ?? throw Broken(path, $"has over {MaxBytes} bytes, more than a manifest can have");
            return JsonSerializer.Deserialize<CheckpointManifest>(json, Json) ?? throw Broken(path, "is empty");
        }
        catch (JsonException e)
        {
            throw Broken(path, $"is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static FileFormatException Broken(string path, string problem, Exception? inner = null) =>
        new(path, problem, "Continue from an older checkpoint.", inner);
}
