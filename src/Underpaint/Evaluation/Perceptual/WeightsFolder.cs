using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// The folder in which a user keeps the weight files of the metrics that need a trained network. Underpaint brings none of them; a
/// metric whose files are not there is left out, and that is said.
/// </summary>
public sealed class WeightsFolder
{
    /// <summary>The environment variable that names the folder where no option does.</summary>
    public const string Variable = "UNDERPAINT_WEIGHTS";

    private WeightsFolder(string? path) => Path = path;

    /// <summary>The folder; null if none was named.</summary>
    public string? Path { get; }

    /// <summary>The folder that a user named.</summary>
    /// <param name="path">As given on the command line; null or empty takes what <see cref="Variable"/> names, if anything.</param>
    /// <exception cref="UnderpaintException">There is no such folder.</exception>
    public static WeightsFolder Open(string? path = null)
    {
        string? named = string.IsNullOrEmpty(path) ? Environment.GetEnvironmentVariable(Variable) : path;
        if (string.IsNullOrEmpty(named))
            return new(null);
        return Directory.Exists(named)
            ? new(named)
            : throw new UnderpaintException($"There is no folder {named} with weight files.",
                $"Name an existing folder with --weights or {Variable}, or neither, to leave out the metrics that need weight files.");
    }

    /// <summary>Loads LPIPS. libtorch must be loaded.</summary>
    /// <param name="network">Which classifier.</param>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <returns>The metric, the caller's to dispose; null where <see cref="MissingFor"/> says why.</returns>
    /// <exception cref="UnderpaintException">A file is there, but it is damaged or holds other weights.</exception>
    public LearnedPerceptualSimilarity? LoadLpips(LpipsNetwork network, Device? device = null)
    {
        PublishedWeights[] files = FilesOf(network);
        return Find(files[0]) is { } backbone && Find(files[1]) is { } heads
            ? LearnedPerceptualSimilarity.Load(network, backbone, heads, device)
            : null;
    }

    /// <summary>Loads the network of FID. libtorch must be loaded.</summary>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <returns>The network, the caller's to dispose; null where <see cref="MissingForInception"/> says why.</returns>
    /// <exception cref="UnderpaintException">The file is there, but it is damaged or holds other weights.</exception>
    public InceptionFeatures? LoadInception(Device? device = null) =>
        Find(PublishedWeights.Inception) is { } path ? InceptionFeatures.Load(path, device) : null;

    /// <summary>What LPIPS lacks, in a sentence; null where its files are there.</summary>
    /// <param name="network">Which classifier.</param>
    public string? MissingFor(LpipsNetwork network) => Missing(FilesOf(network));

    /// <summary>What FID lacks, in a sentence; null where its file is there.</summary>
    public string? MissingForInception() => Missing([PublishedWeights.Inception]);

    private static PublishedWeights[] FilesOf(LpipsNetwork network) => network == LpipsNetwork.AlexNet
        ? [PublishedWeights.AlexNet, PublishedWeights.AlexNetHeads]
        : [PublishedWeights.Vgg16, PublishedWeights.Vgg16Heads];

    private string? Find(PublishedWeights file) => Path is null ? null : file.In(Path);

    private string? Missing(PublishedWeights[] files)
    {
        PublishedWeights[] missing = [.. files.Where(file => Find(file) is null)];
        return missing.Length == 0 ? null
            : $"It needs {string.Join(" and ", missing.Select(file => $"{file.FileName} ({file.Origin})"))} "
                + (Path is null ? $"in a folder that --weights or {Variable} names." : $"in {Path}.");
    }
}
