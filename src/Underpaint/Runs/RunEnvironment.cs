using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Underpaint.Data.Sources;
using Underpaint.Machine;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>
/// What a run was made on: <c>environment.json</c>, in every checkpoint and, from the run's begin and then from its newest save, in its folder. A run
/// continues with the same bits only where these stay the same.
/// </summary>
public sealed record RunEnvironment
{
    /// <summary>The name of its file, in a run's folder and in a checkpoint.</summary>
    public const string FileName = "environment.json";

    private const int MaxBytes = 1 << 20;

    // How the departures that concern the images are worded.
    private const string TrainingCount = "training images";
    private const string OtherImages = "holds other images than before";

    /// <summary>Above this many departures, more of them tell nothing new.</summary>
    internal const int MostDepartures = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Underpaint's version.</summary>
    public required string Underpaint { get; init; }

    /// <summary>libtorch's version.</summary>
    public required string Torch { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string DotNet { get; init; }

    /// <summary>The operating system and processor architecture.</summary>
    public required string System { get; init; }

    /// <summary>The processor's vector instructions: libtorch chooses its kernels by them. Null where a file does not tell.</summary>
    public string? Processor { get; init; }

    /// <summary>The processor's maker, family and model. Null where it is no x64 one, or a file does not tell.</summary>
    public string? ProcessorKind { get; init; }

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

    /// <summary>What the training images are: <see cref="IImageSource.Fingerprint"/>. Null where a file does not tell.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>What the validation images are; null when they were held out.</summary>
    public string? ValidationFingerprint { get; init; }

    /// <summary>Why the run is no longer bit for bit an uninterrupted one: what was changed when it was resumed, oldest first.</summary>
    public IReadOnlyList<string> Departures { get; init; } = [];

    /// <summary>Whether the run was resumed with other images to learn from, or with more or fewer of them.</summary>
    internal bool HasChangedImages => Departures.Any(departure =>
        departure.StartsWith(TrainingCount, StringComparison.Ordinal) || departure.EndsWith(OtherImages, StringComparison.Ordinal));

    /// <summary>Describes this process and its data. libtorch must be loaded.</summary>
    /// <param name="data">The run's images.</param>
    /// <param name="device">Where it computes.</param>
    public static RunEnvironment Of(TrainingData data, ComputeDevice device) => new()
    {
        Underpaint = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Torch = TorchLibrary.Version,
        DotNet = RuntimeInformation.FrameworkDescription,
        System = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
        Processor = string.Join(' ', VectorSupport.Names),
        ProcessorKind = ProcessorIdentity.Kind,
        Device = device.Name,
        Precision = device.PrecisionName,
        Threads = device.Threads,
        Data = data.Path,
        Validation = data.ValidationPath,
        TrainingImages = data.Training.Count,
        ValidationImages = data.Validation.Count,
        DataFingerprint = data.Fingerprint(),
        ValidationFingerprint = data.ValidationFingerprint(),
    };

    /// <summary>Reads a run's environment.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="UnderpaintException">The file is missing or damaged.</exception>
    public static RunEnvironment Read(RunFolder folder) => Read(folder.EnvironmentFile);

    /// <summary>Reads the environment that a checkpoint was saved in; null where it does not tell.</summary>
    /// <param name="checkpoint">A checkpoint that verified.</param>
    /// <exception cref="UnderpaintException">The file is damaged.</exception>
    public static RunEnvironment? Read(Checkpoint checkpoint) =>
        checkpoint.Names.Contains(FileName) ? Read(checkpoint.PathOf(FileName)) : null;

    /// <summary>Writes it into a run's folder.</summary>
    /// <param name="folder">The run.</param>
    public void Write(RunFolder folder) => Write(folder, Disk.Instance);

    /// <inheritdoc cref="Write(RunFolder)"/>
    internal void Write(RunFolder folder, IFiles files) => AtomicFile.Write(folder.EnvironmentFile, Write, files);

    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, Json);
        stream.Write("\n"u8);
    }

    /// <summary>This environment for a run that goes on from <paramref name="earlier"/>: with what has changed since.</summary>
    /// <param name="earlier">Where the checkpoint was made that the run goes on from.</param>
    public RunEnvironment After(RunEnvironment earlier) => this with
    {
        Departures = [.. earlier.Departures.Concat(DifferencesFrom(earlier)).TakeLast(MostDepartures)],
    };

    /// <summary>Why a run made in <paramref name="earlier"/> may not continue here with the same bits; nothing if it will.</summary>
    /// <param name="earlier">Where the run was made.</param>
    public IEnumerable<string> DifferencesFrom(RunEnvironment earlier)
    {
        (string What, object? Then, object? Now)[] all =
        [
            ("Underpaint", earlier.Underpaint, Underpaint), ("libtorch", earlier.Torch, Torch), (".NET", earlier.DotNet, DotNet),
            ("device", earlier.Device, Device), ("precision", earlier.Precision, Precision), ("processor", earlier.Processor ?? Processor, Processor),
            ("kind of processor", earlier.ProcessorKind ?? ProcessorKind, ProcessorKind ?? earlier.ProcessorKind),
            ("threads", earlier.Threads, Threads), (TrainingCount, earlier.TrainingImages, TrainingImages),
            ("validation images", earlier.ValidationImages, ValidationImages),
        ];
        foreach ((string what, object? then, object? now) in all)
        {
            if (!Equals(then, now))
                yield return $"{what} was {then}, now {now}";
        }
        // The same number of images under the same name, and yet not the same images.
        if (earlier.TrainingImages == TrainingImages && IsOther(earlier.DataFingerprint, DataFingerprint))
            yield return $"{Data} {OtherImages}";
        if (earlier.ValidationImages == ValidationImages && IsOther(earlier.ValidationFingerprint, ValidationFingerprint))
            yield return $"{Validation ?? Data} holds other validation images than before";
    }

    private static RunEnvironment Read(string path)
    {
        try
        {
            byte[] json = SmallFile.Read(path, MaxBytes) ?? throw Broken(path);
            return JsonSerializer.Deserialize<RunEnvironment>(json, Json) ?? throw Broken(path);
        }
        catch (JsonException error)
        {
            throw Broken(path, error);
        }
    }

    private static bool IsOther(string? then, string? now) => then is not null && then != now;

    private static FileFormatException Broken(string path, Exception? inner = null) =>
        new(path, "cannot be read as the environment of a run", "Start a new run, or restore the file.", inner);
}
