using System.Globalization;
using System.Text.Json;
using Underpaint.Codes;
using Underpaint.Data.Images;
using Underpaint.Diffusion;

namespace Underpaint.Exchange.Onnx;

/// <summary>What an exported graph says about its model: all that is needed to use it, as text entries.</summary>
internal sealed record OnnxMetadata
{
    private const string Format = "1", Prefix = "underpaint.";
    private const string FormatKey = "format", IdentityKey = "identity", SizeKey = "imageSize", ChannelsKey = "channels", CodeKey = "code";
    private const string ScheduleKey = "schedule", ShiftKey = "shift", PredictionKey = "prediction", ImagesSeenKey = "imagesSeen", RecipeKey = "recipe";
    private const string MeanKey = "codeMean", DeviationKey = "codeDeviation", CropKey = "crop";
    private const int MostSize = 1 << 14, MostCode = 1 << 20;

    private static readonly Dictionary<string, ScheduleKind> Schedules = new(StringComparer.Ordinal)
    {
        ["linear-beta"] = ScheduleKind.LinearBeta,
        ["cosine"] = ScheduleKind.Cosine,
        ["shifted-cosine"] = ScheduleKind.ShiftedCosine,
        ["highest-noise"] = ScheduleKind.HighestNoise,
    };

    private static readonly Dictionary<string, Prediction> Predictions = new(StringComparer.Ordinal)
    {
        ["noise"] = Prediction.Noise,
        ["velocity"] = Prediction.Velocity,
        ["image"] = Prediction.Image,
    };

    private static readonly Dictionary<string, ImageCrop> Crops = new(StringComparer.Ordinal)
    {
        ["middle"] = ImageCrop.Middle,
        ["celeba"] = ImageCrop.Celeba,
    };

    /// <summary>Which model it is, in 64 hexadecimal digits: that of its weights and of its recipe.</summary>
    public required string Identity { get; init; }

    /// <summary>Width and height of the images, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public required int Channels { get; init; }

    /// <summary>Which part of an image the model sees.</summary>
    public ImageCrop Crop { get; init; }

    /// <summary>Numbers in a code.</summary>
    public required int CodeSize { get; init; }

    /// <summary>The noise levels that decoding follows.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>What the denoiser predicts.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>Mean and deviation of the codes; null where they are not known.</summary>
    public CodeStatistics? Statistics { get; init; }

    /// <summary>How many images the model was trained on.</summary>
    public long ImagesSeen { get; init; }

    /// <summary>The recipe that it was trained with, as JSON.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>As entries of a file.</summary>
    public IReadOnlyDictionary<string, string> ToEntries()
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format,
            [IdentityKey] = Identity,
            [SizeKey] = ToText(ImageSize),
            [ChannelsKey] = ToText(Channels),
            [CropKey] = Crops.First(crop => crop.Value == Crop).Key,
            [CodeKey] = ToText(CodeSize),
            [ScheduleKey] = Schedules.First(schedule => schedule.Value == Schedule.Kind).Key,
            [ShiftKey] = Schedule.Shift.ToString("R", CultureInfo.InvariantCulture),
            [PredictionKey] = Predictions.First(prediction => prediction.Value == Prediction).Key,
            [ImagesSeenKey] = ToText(ImagesSeen),
            [RecipeKey] = Recipe,
        };
        if (Statistics is { } statistics)
            (entries[MeanKey], entries[DeviationKey]) = (NumbersJson.Write(statistics.Mean), NumbersJson.Write(statistics.Deviation));
        return entries.ToDictionary(entry => Prefix + entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>From the entries of a file.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="FileFormatException">They are not those of an exported graph.</exception>
    public static OnnxMetadata Read(IReadOnlyDictionary<string, string> entries, string file)
    {
        if (!entries.TryGetValue(Prefix + FormatKey, out string? format))
            throw Broken(file, "is no graph that Underpaint exported");
        if (format != Format)
            throw Broken(file, $"was written in format {format}; this version reads format {Format}");

        string Entry(string key) => entries.TryGetValue(Prefix + key, out string? text) ? text : throw Broken(file, $"does not tell its {key}");
        T Number<T>(string key, T least, T most) where T : struct, System.Numerics.INumber<T> =>
            T.TryParse(Entry(key), NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most
                ? value
                : throw Broken(file, $"has an impossible {key}");
        T Word<T>(string key, Dictionary<string, T> words) => words.TryGetValue(Entry(key), out T? value) ? value : throw Broken(file, $"has an unknown {key}");

        int codeSize = Number(CodeKey, 1, MostCode);
        return new()
        {
            Identity = ModelIdentity.IsPossible(Entry(IdentityKey)) ? Entry(IdentityKey) : throw Broken(file, $"has an impossible {IdentityKey}"),
            ImageSize = Number(SizeKey, 1, MostSize),
            Channels = Number(ChannelsKey, 1, 3) is (1 or 3) and var channels ? channels : throw Broken(file, $"has an impossible {ChannelsKey}"),
            // Graphs of earlier versions do not tell: all of them see the middle.
            Crop = entries.ContainsKey(Prefix + CropKey) ? Word(CropKey, Crops) : ImageCrop.Middle,
            CodeSize = codeSize,
            Schedule = Word(ScheduleKey, Schedules) switch
            {
                ScheduleKind.LinearBeta => NoiseSchedule.LinearBeta,
                ScheduleKind.Cosine => NoiseSchedule.Cosine,
                ScheduleKind.ShiftedCosine => NoiseSchedule.ShiftedCosine(Number(ShiftKey, double.Epsilon, double.MaxValue)),
                _ => NoiseSchedule.HighestNoise,
            },
            Prediction = Word(PredictionKey, Predictions),
            ImagesSeen = Number(ImagesSeenKey, 0, long.MaxValue),
            Recipe = Entry(RecipeKey),
            Statistics = entries.ContainsKey(Prefix + MeanKey) ? new(Numbers(Entry(MeanKey), codeSize, double.MinValue, file), Numbers(Entry(DeviationKey), codeSize, least: 0, file)) : null,
        };
    }

    private static double[] Numbers(string json, int count, double least, string file)
    {
        try
        {
            return NumbersJson.Read(json) is { } numbers && numbers.Length == count && Array.TrueForAll(numbers, number => double.IsFinite(number) && number >= least)
                ? numbers
                : throw Broken(file, "has code statistics of another length than its codes, that are not finite, or negative deviations");
        }
        catch (JsonException e)
        {
            throw Broken(file, "has damaged code statistics", e);
        }
    }

    private static string ToText(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static FileFormatException Broken(string file, string problem, Exception? inner = null) =>
        new(file, problem, "Use a folder that `underpaint export --onnx` wrote.", inner);
}
