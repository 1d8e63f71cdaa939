using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using Underpaint.Diffusion;

namespace Underpaint.Machine;

/// <summary>What this machine can do, and how to fix what it cannot.</summary>
/// <param name="Checks">Everything that was looked at.</param>
public sealed record MachineReport(IReadOnlyList<MachineCheck> Checks)
{
    private const double Gibi = 1 << 30;
    private const double LeastMemory = 2;
    private const double LeastDisk = 2;

    private static AssemblyInformationalVersionAttribute Version =>
        typeof(MachineReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;

    /// <summary>Whether everything that Underpaint needs is there.</summary>
    public bool IsUsable => !Checks.Any(check => check is { IsNeeded: true, Remedy: not null });

    /// <summary>Looks around; loads libtorch.</summary>
    /// <param name="folder">The folder that runs would be kept in.</param>
    public static MachineReport Of(string folder)
    {
        MachineCheck torch = CheckTorch();
        return new(
        [
            new("Underpaint", Version.InformationalVersion),
            new(".NET", RuntimeInformation.FrameworkDescription),
            new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            CheckProcessor(),
            CheckMemory(),
            .. TorchSharpMending.Check() is { } mending ? (MachineCheck[])[mending] : [],
            torch,
            .. torch.Remedy is null ? (MachineCheck[])[CheckThreads(), CheckCuda()] : [],
            CheckDisk(folder),
        ]);
    }

    private static MachineCheck CheckProcessor()
    {
        var features = VectorSupport.Names;
        string vectors = features.Count > 0 ? string.Join(", ", features) : "no known vector instructions";
        string kind = ProcessorIdentity.Kind is { } known ? $"{known}, " : "";
        string value = $"{kind}{Environment.ProcessorCount} cores, {vectors}";
        bool slow = RuntimeInformation.ProcessArchitecture == Architecture.X64 && !features.Contains("AVX2");
        return new("processor", value, slow ? "Training will be very slow without AVX2: use a newer processor or a GPU." : null);
    }

    private static MachineCheck CheckMemory()
    {
        double gibi = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibi;
        return new("memory", FormattableString.Invariant($"{gibi:0.0} GiB for this process"),
            gibi < LeastMemory ? $"Give it at least {LeastMemory} GiB, or train small models with small batches." : null);
    }

    private static MachineCheck CheckTorch()
    {
        try
        {
            TorchLibrary.Load();
            using torch.Tensor sum = torch.ones(3).sum();
            return new("libtorch", $"{TorchLibrary.Version}, loads, from {LoadedFrom()}", IsNeeded: true);
        }
        catch (UnderpaintException e)
        {
            return new("libtorch", e.What, e.Remedy, IsNeeded: true);
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or ExternalException)
        {
            return new("libtorch", $"loads, but does not work: {e.GetBaseException().Message.Split('\n')[0]}",
                $"Let {TorchLibrary.FolderVariable} name libtorch {TorchLibrary.Version} and no other, or unset it.",
                IsNeeded: true);
        }
    }

    private static MachineCheck CheckThreads() => new("threads", $"{torch.get_num_threads()} for one tensor operation");

    private static MachineCheck CheckCuda()
    {
        if (!torch.cuda_is_available())
        {
            return new("CUDA", "no usable GPU; the processor is used", File.Exists("/proc/driver/nvidia/version")
                ? "There is an NVIDIA driver: build with -p:TorchBackend=cuda, or point UNDERPAINT_LIBTORCH at a libtorch with CUDA."
                : null);
        }
        string found = $"{torch.cuda.device_count()} usable GPU{(torch.cuda.device_count() == 1 ? "" : "s")}";
        return TryOut(torch.CUDA) is { } problem
            ? new("CUDA", $"{found}, but not to compute with: {problem}",
                "Check that the driver and this libtorch's CUDA fit each other and the GPU; until then, use --device cpu.")
            : new("CUDA", found);
    }

    /// <summary>Draws, convolves and reads back on a device, as training does.</summary>
    /// <returns>What went wrong; null where all is well.</returns>
    internal static string? TryOut(torch.Device device)
    {
        // Rounding, of which some GPUs do more than others, stays far below it.
        const double Tolerance = 0.1;
        try
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor image = GaussianNoise.Draw(seed: 0, [1, 3, 8, 8], device), kernel = GaussianNoise.Draw(seed: 1, [4, 3, 3, 3], device);
            torch.Tensor there = torch.nn.functional.conv2d(image, kernel).cpu(), here = torch.nn.functional.conv2d(image.cpu(), kernel.cpu());
            double distance = (there - here).abs().max().ToDouble();
            return distance <= Tolerance ? null : FormattableString.Invariant($"a convolution is off by {distance:G2}");
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or NotSupportedException)
        {
            return e.GetBaseException().Message.Split('\n')[0];
        }
    }

    private static MachineCheck CheckDisk(string folder)
    {
        try
        {
            double gibi = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace / Gibi;
            return new("disk", FormattableString.Invariant($"{gibi:0.0} GiB free at {Path.GetFullPath(folder)}"),
                gibi < LeastDisk ? "Free some space, or keep runs on another disk: large checkpoints take several GiB." : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("disk", $"unknown at {folder}: {e.Message}", "Run from a folder that exists and that you can write to.");
        }
    }

    private static string LoadedFrom()
    {
        string? file = Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(name => Path.GetFileNameWithoutExtension(name) is "libtorch_cpu" or "torch_cpu");
        return Path.GetDirectoryName(file) ?? "an unknown place";
    }
}
