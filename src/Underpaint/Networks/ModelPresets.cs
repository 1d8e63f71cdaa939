namespace Underpaint.Networks;

/// <summary>The model presets: small ones for a laptop, and those published with Diff-AE (Preechakul et al. 2022).</summary>
public static class ModelPresets
{
    /// <summary>All presets, smallest first.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        new()
        {
            Name = "demo",
            ImageSize = 16,
            Model = new()
            {
                Multipliers = [1, 1, 2],
                Blocks = 1,
                AttentionAt = [],
                EncoderMultipliers = [1, 2],
                EncoderBlocks = 1,
                Groups = 4,
                CodeSpread = 3,
            },
            Description = "trains on a laptop's processor within minutes",
        },
        new()
        {
            Name = "cifar32",
            ImageSize = 32,
            Model = new() { EncoderMultipliers = [1, 2, 2, 2], Groups = 32, Dropout = 0.1 },
            Description = "small photos such as CIFAR-10; the model of the benchmarks",
        },
        Published("celeba64", 64, channels: 64, [1, 2, 4, 8], [1, 2, 4, 8, 8], "faces, CelebA"),
        Published("ffhq128", 128, channels: 128, [1, 1, 2, 3, 4], [1, 1, 2, 3, 4, 4], "faces, FFHQ"),
        Published("horse128", 128, channels: 128, [1, 1, 2, 3, 4], [1, 1, 2, 3, 4, 4], "horses, LSUN"),
        Published("bedroom128", 128, channels: 128, [1, 1, 2, 3, 4], [1, 1, 2, 3, 4, 4], "bedrooms, LSUN"),
        Published("ffhq256", 256, channels: 128, [1, 1, 2, 2, 4, 4], [1, 1, 2, 2, 4, 4, 4], "faces, FFHQ"),
    ];

    /// <summary>The preset of a name, or null where there is none.</summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    public static ModelPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);

    private static ModelPreset Published(
        string name, int size, int channels, int[] multipliers, int[] encoderMultipliers, string images) => new()
        {
            Name = name,
            ImageSize = size,
            Model = new()
            {
                Channels = channels,
                Multipliers = multipliers,
                EncoderMultipliers = encoderMultipliers,
                Code = 512,
                Groups = 32,
                Dropout = 0.1,
            },
            Description = $"{images}; as published with Diff-AE",
        };
}
