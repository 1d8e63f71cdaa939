using TorchSharp;

namespace Underpaint.Machine;

/// <summary>Where and how the numbers are computed.</summary>
/// <param name="Device">libtorch's device.</param>
/// <param name="Precision">The type of the networks' activations.</param>
/// <param name="Threads">CPU threads to compute with, all together; at least 1.</param>
public sealed record ComputeDevice(torch.Device Device, Precision Precision, int Threads)
{
    /// <summary>The devices that <see cref="Choose"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda"];

    /// <summary>The precisions that <see cref="Choose"/> takes.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["auto", "float32", "bfloat16"];

    /// <summary>"cpu" or "cuda".</summary>
    public string Name => Device.type == DeviceType.CUDA ? "cuda" : "cpu";

    /// <summary>"float32" or "bfloat16".</summary>
    public string PrecisionName => NameOf(Precision);

    /// <summary>Loads libtorch and turns names into a device.</summary>
    /// <param name="name">"cpu"; "cuda"; or "auto", which is CUDA where it works and otherwise the CPU. Default "auto".</param>
    /// <param name="precision">"float32"; "bfloat16"; or "auto", which is bfloat16 on GPUs and where the processor computes with it. Default "auto".</param>
    /// <param name="threads">CPU threads to compute with, at least 1; null leaves the choice to libtorch.</param>
    /// <exception cref="UnderpaintException">A name is unknown, or CUDA was asked for and does not work here.</exception>
    public static ComputeDevice Choose(string name = "auto", string precision = "auto", int? threads = null)
    {
        TorchLibrary.Load();
        if (threads is { } count)
            torch.set_num_threads(count);
        torch.Device device = DeviceNamed(name);
        return new(device, PrecisionNamed(precision, device), threads ?? TorchLibrary.DefaultThreads);
    }

    /// <summary>"float32" or "bfloat16".</summary>
    internal static string NameOf(Precision precision) => precision == Precision.BFloat16 ? "bfloat16" : "float32";

    private static torch.Device DeviceNamed(string name)
    {
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

    private static Precision PrecisionNamed(string name, torch.Device device) => name switch
    {
        "float32" => Precision.Float32,
        "bfloat16" => Precision.BFloat16,
        // GPUs before Ampere (compute capability 8.0) only imitate it, slowly; but TorchSharp 0.107 cannot tell which one this is.
        "auto" => device.type == DeviceType.CUDA || VectorSupport.HasBFloat16 ? Precision.BFloat16 : Precision.Float32,
        _ => throw new UnderpaintException($"There is no precision \"{name}\".", $"Use one of: {string.Join(", ", Precisions)}."),
    };
}
