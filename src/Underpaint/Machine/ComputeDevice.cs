using TorchSharp;

namespace Underpaint.Machine;

/// <summary>Where the numbers are computed.</summary>
public static class ComputeDevice
{
    /// <summary>The words that <see cref="Choose"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda"];

    /// <summary>Loads libtorch and turns a name into a device.</summary>
    /// <param name="name">"cpu"; "cuda"; or "auto", which is CUDA where it works and otherwise the CPU. Default "auto".</param>
    /// <param name="threads">Threads that one tensor operation uses on the CPU, at least 1; null leaves the choice to libtorch.</param>
    /// <exception cref="UnderpaintException">The name is unknown, or CUDA was asked for and does not work here.</exception>
    public static torch.Device Choose(string name = "auto", int? threads = null)
    {
        TorchLibrary.Load();
        if (threads is { } count)
            torch.set_num_threads(count);
        switch (name)
        {
            case "cpu":
                return torch.CPU;
            case "auto":
                return torch.cuda_is_available() ? torch.CUDA : torch.CPU;
            case "cuda" when torch.cuda_is_available():
                return torch.CUDA;
            case "cuda":
                throw new UnderpaintException("CUDA was asked for, but this libtorch finds no GPU that it can use.",
                    "Check nvidia-smi, build with -p:TorchBackend=cuda (Linux or Windows), or use --device cpu; `underpaint doctor` tells more.");
            default:
                throw new UnderpaintException($"There is no device \"{name}\".", $"Use one of: {string.Join(", ", Names)}.");
        }
    }
}
