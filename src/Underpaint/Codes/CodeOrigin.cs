namespace Underpaint.Codes;

/// <summary>What codes were made of, and with what: codes of different origin do not go together.</summary>
public sealed record CodeOrigin
{
    /// <summary>The model's <see cref="DiffusionAutoencoder.Identity"/>: a code means something to this model only.</summary>
    public required string Model { get; init; }

    /// <summary>Numbers in a code.</summary>
    public required int CodeSize { get; init; }

    /// <summary>Width and height of the model's images, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public required int Channels { get; init; }

    /// <summary>The images, for people: "folder photos/".</summary>
    public required string Data { get; init; }

    /// <summary>The fingerprint of these images.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The fingerprint of these images' classes and of the classes' names; null where that is not known, as of imported codes.</summary>
    public string? Labels { get; init; }

    /// <summary>How many images were to be encoded in all, by all shards.</summary>
    public required int Images { get; init; }

    /// <summary>The number of the first image that this part is about.</summary>
    public required int First { get; init; }

    /// <summary>The number after its last image.</summary>
    public required int End { get; init; }

    /// <summary>Steps by which the stochastic codes were found; null where there are none.</summary>
    public int? InversionSteps { get; init; }

    /// <summary>What the model computed them in, "float32" or "bfloat16"; null where that is not known, as of imported codes.</summary>
    public string? Precision { get; init; }

    /// <summary>Numbers in a stochastic code; 0 where there are none.</summary>
    public int StochasticCodeSize => InversionSteps is null ? 0 : Channels * ImageSize * ImageSize;

    /// <summary>Whether both are parts of one and the same encoding, as far as they tell.</summary>
    /// <param name="other">The other.</param>
    public bool Matches(CodeOrigin other) => DifferenceFrom(other).Length == 0;

    /// <summary>Refuses the codes of another model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">Where the codes come from, for the message.</param>
    /// <exception cref="FileFormatException">They are another model's.</exception>
    public void Check(DiffusionAutoencoder model, string file) => ModelIdentity.Check(model.Identity, Model, file);

    /// <summary>Whether this is about all images that were to be encoded, and not a share of them.</summary>
    internal bool IsWhole => (First, End) == (0, Images);

    /// <summary>In what the encoding of these codes differs from that of others, whatever their shares; empty if in nothing.</summary>
    internal string DifferenceFrom(CodeOrigin other) => Discrepancy.Between(Encoding, other.Encoding);

    /// <summary>The same of codes that are to be of one share, too.</summary>
    internal string DifferenceOfShareFrom(CodeOrigin other) => Discrepancy.Between([.. Encoding, Share], [.. other.Encoding, other.Share]);

    // In the order in which a difference matters. How the path of the images is spelled is none.
    private (string What, string? Value)[] Encoding =>
    [
        ("model", Model), ("numbers in a code", $"{CodeSize}"), ("image size", $"{ImageSize}"), ("channels", $"{Channels}"),
        ("fingerprint of the images", Fingerprint), ("fingerprint of their classes", Labels), ("images", $"{Images}"),
        ("steps of inversion", InversionSteps is { } steps ? $"{steps}" : "none"), ("precision", Precision),
    ];

    private (string What, string? Value) Share => ("share", $"{First}–{End - 1}");
}
