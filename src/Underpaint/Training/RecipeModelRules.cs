using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>Which sizes of networks and images fit each other.</summary>
internal static class RecipeModelRules
{
    /// <summary>The smallest image, in pixels.</summary>
    public const int SmallestSize = 16;

    /// <summary>The largest image, in pixels.</summary>
    public const int LargestSize = 1024;

    private const int MostLevels = 8;

    /// <summary>Checks the model section, and the image size against it.</summary>
    public static void Check(ModelOptions model, int size, RecipeCheck check)
    {
        check.Whole("model.channels", model.Channels, 1, 1024);
        Levels("model.multipliers", model.Multipliers, check);
        check.Whole("model.blocks", model.Blocks, 1, 32);
        check.Whole("model.code", model.Code, 1, 65_536);
        Levels("model.encoderMultipliers", model.EncoderMultipliers, check);
        check.Whole("model.encoderBlocks", model.EncoderBlocks, 1, 32);
        check.Whole("model.timeEmbedding", model.TimeEmbedding, 0, 65_536);
        check.Whole("model.heads", model.Heads, 1, 1024);
        check.Whole("model.groups", model.Groups, 1, 32);
        check.Number("model.codeSpread", model.CodeSpread, model.CodeSpread is >= 0 and <= 1000, "from 0 to 1000");
        check.Number("model.dropout", model.Dropout, model.Dropout is >= 0 and < 1, "from 0 to below 1");
        Channels(model, check);
        Size(model, size, check);
        Attention(model, size, check);
    }

    private static void Levels(string path, IReadOnlyList<int> multipliers, RecipeCheck check)
    {
        if (multipliers.Count is 0 or > MostLevels)
            throw check.Fault(path, $"has {multipliers.Count} levels", $"Give 1 to {MostLevels}, such as [1, 2, 2, 2].");
        for (int i = 0; i < multipliers.Count; i++)
            check.Whole($"{path}[{i}]", multipliers[i], 1, 16);
    }

    private static void Channels(ModelOptions model, RecipeCheck check)
    {
        if (Indivisible(model, model.Channels) is { } width)
        {
            // Any multiple of the groups will do, so there is always one above.
            int[] possible = [.. Enumerable.Range(1, model.Channels + model.Groups).Where(c => Indivisible(model, c) is null)];
            IEnumerable<int> nearest = possible.Where(c => c < model.Channels).TakeLast(1)
                .Append(possible.First(c => c > model.Channels));
            throw check.Fault("model.channels", $"is {model.Channels}, which makes layers of {width} channels that "
                + $"{model.Groups} normalisation groups cannot share evenly", $"Use {string.Join(" or ", nearest)}, or fewer model.groups.");
        }
        if (model.Channels % model.Heads != 0)
        {
            throw check.Fault("model.heads", $"is {model.Heads}, which does not divide the {model.Channels} channels",
                $"Use a divisor of {model.Channels}.");
        }
    }

    // The first layer width that GroupNorm cannot divide: a level's channels, or those of two neighbouring levels (or one
    // level twice) that the decoder joins on its way up.
    private static int? Indivisible(ModelOptions model, int channels)
    {
        int[] decoder = [.. model.Multipliers.Select(multiplier => channels * multiplier)];
        IEnumerable<int> encoder = model.EncoderMultipliers.Select(multiplier => channels * multiplier);
        IEnumerable<int> joined = decoder.Zip(decoder.Skip(1), (upper, lower) => upper + lower);
        IEnumerable<int> doubled = decoder.Select(width => 2 * width);
        int width = decoder.Concat(encoder).Concat(joined).Concat(doubled)
            .FirstOrDefault(width => width > model.Groups && width % model.Groups != 0);
        return width == 0 ? null : width;
    }

    private static void Size(ModelOptions model, int size, RecipeCheck check)
    {
        int levels = Math.Max(model.Multipliers.Count, model.EncoderMultipliers.Count);
        int multiple = 1 << (levels - 1);
        if (size % multiple == 0)
            return;
        int below = size / multiple * multiple;
        IEnumerable<int> nearest = new[] { below, below + multiple }.Where(near => near is >= SmallestSize and <= LargestSize);
        throw check.Fault("data.size", $"is {size}, which {levels} levels cannot halve {levels - 1} times",
            $"Use {string.Join(" or ", nearest)}, or fewer model.multipliers and model.encoderMultipliers.");
    }

    private static void Attention(ModelOptions model, int size, RecipeCheck check)
    {
        int levels = Math.Max(model.Multipliers.Count, model.EncoderMultipliers.Count);
        int[] resolutions = [.. Enumerable.Range(0, levels).Select(level => size >> level)];
        for (int i = 0; i < model.AttentionAt.Count; i++)
        {
            if (!resolutions.Contains(model.AttentionAt[i]))
            {
                throw check.Fault($"model.attentionAt[{i}]", $"is {model.AttentionAt[i]}, a resolution that no level has",
                    $"Use some of {string.Join(", ", resolutions)}, or [] for none.");
            }
        }
    }
}
