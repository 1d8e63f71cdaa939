using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Underpaint.Machine;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>
/// What a run was made on: <c>environment.json</c>. A run continues with the same bits only where these stay the same.
/// </summary>
public sealed record RunEnvironment
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Underpaint's version.</summary>
    public required string Underpaint { get; init; }

    /// <summary>libtorch's version.</summary>
    public required string Torch { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string DotNet { get; init; }

    /// <summary>The operating system and processor architecture.</summary>
    public required string System { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Device { get; init; }

    /// <summary>"float32" or "bfloat16": the type of the activations.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>CPU threads that it computes with.</summary>
    public required int Threads { get; init; }

    /// <summary>The training images: the path given.</summary>
    public required string Data { get; init; }

    /// <summary>The validation images: the path given; null when they were held out from <see cref="Data"/>.</summary>
    public string? Validation { get; init; }

    /// <summary>How many images are trained on.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>How many images are held out.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>Describes this process and its data. libtorch must be loaded.</summary>
    /// <param name="data">The run's images.</param>
    /// <param name="device">Where it computes.</param>
    public static RunEnvironment Of(TrainingData data, ComputeDevice device) => new()
    {
        Underpaint = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Torch = TorchLibrary.Version,
        DotNet = RuntimeInformation.FrameworkDescription,
        System = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
        Device = device.Name,
        Precision = device.PrecisionName,
        Threads = device.Threads,
        Data = data.Path,
        Validation = data.ValidationPath,
        TrainingImages = data.Training.Count,
        ValidationImages = data.Validation.Count,
    };

    /// <summary>Reads a run's environment.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="UnderpaintException">The file is missing or damaged.</exception>
    public static RunEnvironment Read(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RunEnvironment>(File.ReadAllText(folder.EnvironmentFile), Json)
                ?? throw new JsonException("null");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FileFormatException(folder.EnvironmentFile, "cannot be read as the environment of a run",
                "Start a new run, or restore the file.", error);
        }
    }

    /// <summary>Writes it into a run's folder.</summary>
    /// <param name="folder">The run.</param>
    public void Write(RunFolder folder) => AtomicFile.WriteText(folder.EnvironmentFile, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Why a run made in <paramref name="earlier"/> may not continue here with the same bits; nothing if it will.</summary>
    /// <param name="earlier">Where the run was made.</param>
    public IEnumerable<string> DifferencesFrom(RunEnvironment earlier)
    {
        (string What, object? Then, object? Now)[] all =
        [
            ("Underpaint", earlier.Underpaint, Underpaint), ("libtorch", earlier.Torch, Torch), ("device", earlier.Device, Device),
            ("precision", earlier.Precision, Precision), ("threads", earlier.Threads, Threads), ("training images", earlier.TrainingImages, TrainingImages),
            ("validation images", earlier.ValidationImages, ValidationImages),
        ];
        return all.Where(pair => !Equals(pair.Then, pair.Now)).Select(pair => $"{pair.What} was {pair.Then}, now {pair.Now}");
    }
}
