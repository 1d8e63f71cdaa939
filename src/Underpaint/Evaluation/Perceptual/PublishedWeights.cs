namespace Underpaint.Evaluation.Perceptual;

/// <summary>A weight file that others published, which a metric needs and which Underpaint does not bring.</summary>
internal sealed class PublishedWeights
{
    private static readonly string[] Endings = [".safetensors", ".pth", ".pt"];

    private readonly Func<string, bool> _isName;

    private PublishedWeights(string fileName, string origin, Func<string, bool> isName) =>
        (FileName, Origin, _isName) = (fileName, origin, isName);

    /// <summary>torchvision's AlexNet.</summary>
    public static PublishedWeights AlexNet { get; } = new("alexnet-owt-7be5be79.pth", "torchvision's, usually in ~/.cache/torch/hub/checkpoints",
        name => name.StartsWith("alexnet", StringComparison.OrdinalIgnoreCase));

    /// <summary>torchvision's VGG-16, not the one with batch normalisation.</summary>
    public static PublishedWeights Vgg16 { get; } = new("vgg16-397923af.pth", "torchvision's, usually in ~/.cache/torch/hub/checkpoints",
        name => name.Equals("vgg16", StringComparison.OrdinalIgnoreCase) || name.StartsWith("vgg16-", StringComparison.OrdinalIgnoreCase));

    /// <summary>The linear heads of LPIPS for AlexNet.</summary>
    public static PublishedWeights AlexNetHeads { get; } = new("alex.pth", "in the lpips package, weights/v0.1",
        name => name.Equals("alex", StringComparison.OrdinalIgnoreCase));

    /// <summary>The linear heads of LPIPS for VGG-16.</summary>
    public static PublishedWeights Vgg16Heads { get; } = new("vgg.pth", "in the lpips package, weights/v0.1",
        name => name.Equals("vgg", StringComparison.OrdinalIgnoreCase));

    /// <summary>Inception-v3 of 2015-12-05.</summary>
    public static PublishedWeights Inception { get; } = new("pt_inception-2015-12-05-6726825d.pth", "pytorch-fid's, usually in ~/.cache/torch/hub/checkpoints",
        name => name.StartsWith("pt_inception-2015-12-05", StringComparison.OrdinalIgnoreCase));

    /// <summary>The file's usual name.</summary>
    public string FileName { get; }

    /// <summary>Whose it is, and where it usually is.</summary>
    public string Origin { get; }

    /// <summary>The file in a folder: by its usual name, else the first with another version's name or as safetensors; null if there is none.</summary>
    /// <param name="folder">The folder; what lies below it is not looked at.</param>
    public string? In(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
            && _isName(Path.GetFileNameWithoutExtension(path)))
        .OrderByDescending(path => Path.GetFileName(path) == FileName)
        .ThenBy(path => path, StringComparer.Ordinal)
        .FirstOrDefault();
}
