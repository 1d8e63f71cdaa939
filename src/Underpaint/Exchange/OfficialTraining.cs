using Underpaint.Storage;
using Underpaint.Storage.Torch;

namespace Underpaint.Exchange;

/// <summary>What a Lightning checkpoint of Diff-AE says about its training; everything may be unknown.</summary>
internal sealed record OfficialTraining
{
    private const string Parameters = "hyper_parameters";
    private const string PublishedLatentSchedule = "const0.008";

    /// <summary>The run's name there.</summary>
    public string? Name { get; private init; }

    /// <summary>Width and height of the images, in pixels.</summary>
    public int? ImageSize { get; private init; }

    /// <summary>Attention heads.</summary>
    public int? Heads { get; private init; }

    /// <summary>Residual blocks per encoder level.</summary>
    public int? EncoderBlocks { get; private init; }

    /// <summary>Share of activations that were dropped in training.</summary>
    public double? Dropout { get; private init; }

    /// <summary>Images per update, on all devices together.</summary>
    public int? Batch { get; private init; }

    /// <summary>Images seen.</summary>
    public long? ImagesSeen { get; private init; }

    /// <summary>The noise schedule's name there.</summary>
    public string? Schedule { get; private init; }

    /// <summary>The noise schedule's name of the latent DPM.</summary>
    public string? LatentSchedule { get; private init; }

    /// <summary>Whether the latent DPM's codes are standardised.</summary>
    public bool? IsStandardized { get; private init; }

    /// <summary>The attribute of a classifier that has one only.</summary>
    public string? Attribute { get; private init; }

    /// <summary>The same of the autoencoder alone, where what was trained is something else in the file.</summary>
    public OfficialTraining OfAutoencoder => this with { Batch = null, ImagesSeen = null };

    /// <summary>Refuses a latent DPM of another kind than the published ones.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <exception cref="FileFormatException">It is one.</exception>
    public void CheckLatent(string file)
    {
        if (LatentSchedule is { } schedule && schedule != PublishedLatentSchedule)
            throw new FileFormatException(file, $"has a latent DPM on Diff-AE's noise schedule {Quotation.Of(schedule)}, which Underpaint does not have",
                $"Only latent DPMs on the schedule {PublishedLatentSchedule} can be imported.");
        if (IsStandardized == false)
            throw new FileFormatException(file, "has a latent DPM of codes that are not standardised, which Underpaint does not have",
                "Only latent DPMs of standardised codes can be imported.");
    }

    /// <summary>Reads it; nothing of it is believed that could not be.</summary>
    public static OfficialTraining Of(ITensorFile file)
    {
        int? noiseSize = SizeOfSampleNoise(file);
        if ((file as TorchFile)?.Root is not PickleMap root || root[Parameters] is not PickleMap parameters)
            return new() { ImageSize = noiseSize };
        int? batch = Whole(parameters["batch_size"], 65_536) * (Whole(parameters["accum_batches"], 1000) ?? 1);
        return new()
        {
            Name = (parameters["name"] as PickleText)?.Value,
            ImageSize = noiseSize ?? Whole(parameters["img_size"], 65_536),
            Heads = Whole(parameters["net_beatgans_attn_head"], 1024),
            EncoderBlocks = Whole(parameters["net_enc_num_res_blocks"], 1024),
            Dropout = parameters["dropout"] is PickleFloat { Value: >= 0 and < 1 } dropout ? dropout.Value : null,
            Batch = batch is <= 65_536 ? batch : null,
            ImagesSeen = Whole(root["global_step"], int.MaxValue) * (long?)batch,
            Schedule = (parameters["beta_scheduler"] as PickleText)?.Value,
            LatentSchedule = (parameters["latent_beta_scheduler"] as PickleText)?.Value,
            IsStandardized = (parameters["latent_znormalize"] as PickleBoolean)?.Value,
            Attribute = (parameters["manipulate_cls"] as PickleText)?.Value,
        };
    }

    private static int? SizeOfSampleNoise(ITensorFile file) => file.Shapes
        .Where(tensor => tensor.Key is "state_dict.x_T" or "x_T")
        .Select(tensor => tensor.Value is [_, _, var height and > 0 and <= 65_536, var width] && height == width ? (int?)height : null)
        .FirstOrDefault();

    private static int? Whole(PickleValue? value, int most) =>
        value is PickleInteger { Value: var number } && number >= 1 && number <= most ? (int)number : null;
}
