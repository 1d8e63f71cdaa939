using System.Globalization;

namespace Underpaint.Exchange;

/// <summary>
/// The sizes of an official autoencoder as its tensors' names and shapes tell them. They do not tell the image size (the networks are
/// convolutional), nor the number of attention heads, nor dropout; and rarely leave open how the encoder's blocks make levels.
/// </summary>
internal sealed record OfficialArchitecture
{
    /// <summary>1 (grey) or 3 (RGB).</summary>
    public required int ImageChannels { get; init; }

    /// <summary>Channels that multipliers count in.</summary>
    public required int Channels { get; init; }

    /// <summary>Numbers in a code.</summary>
    public required int Code { get; init; }

    /// <summary>Width of the time embedding.</summary>
    public required int TimeEmbedding { get; init; }

    /// <summary>The decoder's levels.</summary>
    public required LevelLayout Decoder { get; init; }

    /// <summary>What the encoder's levels can be; at least one.</summary>
    public required IReadOnlyList<LevelLayout> Encoders { get; init; }

    /// <summary>Infers the sizes.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="shapes">The autoencoder's tensors, by official name.</param>
    /// <exception cref="FileFormatException">Tensors that tell the sizes are missing, or contradict each other.</exception>
    public static OfficialArchitecture Infer(string file, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes) =>
        new Reader(file, shapes).Read();

    private sealed class Reader(string file, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        private const int LargestSize = 1 << 20;
        private const string Remedy = "If it is damaged, fetch it again; if it is of another kind, give its sizes with --preset to see all differences.";

        private readonly List<string> _untold = [];

        public OfficialArchitecture Read()
        {
            int channels = Size("time_embed.time_embed.0.weight", 1, rank: 2);
            int time = Size("time_embed.time_embed.0.weight", 0, rank: 2);
            int code = Size("encoder.out.3.weight", 0, rank: 4);
            int image = Size("input_blocks.0.0.weight", 1, rank: 4);
            HalfNetwork decoder = WayDown("input_blocks"), encoder = WayDown("encoder.input_blocks");
            if (_untold.Count > 0)
                throw Untold();
            // Whatever doubles the resolution on the way up ends a level, and its place tells it apart.
            int levels = 1 + EntriesOf("output_blocks").Count(Doubles);
            LevelLayout decoding = decoder.Divide(levels, channels) ?? throw Contradicting("decoder");
            LevelLayout[] encodings = [.. encoder.Divisions(channels).Where(layout => AttendAlike(decoding, layout))];
            return new()
            {
                ImageChannels = image,
                Channels = channels,
                Code = code,
                TimeEmbedding = time,
                Decoder = decoding,
                Encoders = encodings.Length > 0 ? encodings : throw Contradicting("encoder"),
            };
        }

        // Both networks have attention at the same resolutions.
        private static bool AttendAlike(LevelLayout decoder, LevelLayout encoder)
        {
            int shared = Math.Min(decoder.Multipliers.Count, encoder.Multipliers.Count);
            return decoder.AttentionLevels.Where(level => level < shared).SequenceEqual(encoder.AttentionLevels.Where(level => level < shared));
        }

        private HalfNetwork WayDown(string blocks)
        {
            int[] entries = [.. EntriesOf(blocks).Where(entry => entry > 0)];
            return new([.. entries.Select(entry => Size($"{blocks}.{entry}.0.in_layers.2.weight", 0, rank: 4))],
                [.. entries.Select(entry => Has($"{blocks}.{entry}.1.qkv"))]);
        }

        // Up to the last number that there is: one that is missing in between is told as missing, not passed over.
        private IEnumerable<int> EntriesOf(string blocks)
        {
            int last = shapes.Keys.Where(name => name.StartsWith(blocks + ".", StringComparison.Ordinal))
                .Select(name => name[(blocks.Length + 1)..].Split('.')[0])
                .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int entry) && entry < 1000 ? entry : -1)
                .DefaultIfEmpty(-1).Max();
            return Enumerable.Range(0, last + 1);
        }

        private bool Doubles(int entry) => HasBlock($"output_blocks.{entry}.1") || HasBlock($"output_blocks.{entry}.2");

        private bool HasBlock(string block) => Has($"{block}.in_layers.0") || Has($"{block}.in_layers.2");

        private bool Has(string layer) => shapes.ContainsKey(layer + ".weight") || shapes.ContainsKey(layer + ".bias");

        private int Size(string name, int dimension, int rank)
        {
            if (!shapes.TryGetValue(name, out IReadOnlyList<long>? shape))
                _untold.Add($"{name} is missing");
            else if (shape.Count != rank || shape[dimension] is < 1 or > LargestSize)
                _untold.Add($"{name} is {string.Join('×', shape)}");
            else
                return (int)shape[dimension];
            return 1;
        }

        private FileFormatException Untold() => new(file,
            $"does not tell the sizes of its networks: {string.Join("; ", _untold.Distinct().Take(20))}{(_untold.Count > 20 ? "; and more" : "")}", Remedy);

        private FileFormatException Contradicting(string network) => new(file,
            $"has blocks in its {network} that make no levels as Diff-AE's do", Remedy);
    }
}
