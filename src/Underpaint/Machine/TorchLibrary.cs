using System.Runtime.InteropServices;
using TorchSharp;

namespace Underpaint.Machine;

/// <summary>Loads the native libtorch, from this program's own files or from an existing one.</summary>
public static partial class TorchLibrary
{
    /// <summary>The environment variable that names a folder with an existing libtorch, such as <c>torch/lib</c> of PyTorch.</summary>
    public const string FolderVariable = "UNDERPAINT_LIBTORCH";

    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>The version of libtorch that this build of TorchSharp was made for.</summary>
    public const string Version = "2.10.0";

    /// <summary>Threads that libtorch chose when it was loaded.</summary>
    internal static int DefaultThreads { get; private set; }

    /// <summary>Where this program's own libtorch lies; null when it brings none (built with <c>TorchBackend=none</c>).</summary>
    public static string? OwnFile => Find("torch_cpu");

    /// <summary>Where TorchSharp's own native library lies; null when it is missing.</summary>
    internal static string? BindingFile => Find("LibTorchSharp");

    /// <summary>Loads libtorch if that has not happened yet.</summary>
    /// <param name="folder">A folder with an existing libtorch; default the one that <see cref="FolderVariable"/> names, if any.</param>
    /// <exception cref="UnderpaintException">It is not there or does not load; the message says why and what to do.</exception>
    public static void Load(string? folder = null)
    {
        lock (Gate)
        {
            if (_loaded)
                return;
            if (OperatingSystem.IsLinux())
            {
                SpinBriefly();
                KeepMemory();
            }
            folder ??= Environment.GetEnvironmentVariable(FolderVariable);
            if (!string.IsNullOrEmpty(folder))
                LoadFrom(folder);
            LeaveOutNnpack(LoadByName("torch_cpu"));
            LoadByName("LibTorchSharp");
            DefaultThreads = torch.get_num_threads();
            _loaded = true;
        }
    }

    // OpenMP threads wait for each other by spinning. Left as it is, a second busy process on the same cores slows every
    // operation tens of times over; a short spin costs nothing when the machine is idle. Read once, when libtorch is loaded.
    private static void SpinBriefly() => _ = SetEnvironment("GOMP_SPINCOUNT", "1000", overwrite: 0);

    // Every operation allocates its result and frees it soon after. Left as it is, glibc returns such memory to the system and asks for
    // it again, and the system clears it each time: an eighth of the time of encoding went there.
    private static void KeepMemory()
    {
        const int TrimThreshold = -1, TopPad = -2, MapThreshold = -3, Mebibyte = 1 << 20;
        try
        {
            _ = SetAllocation(TrimThreshold, 1024 * Mebibyte);
            _ = SetAllocation(TopPad, 64 * Mebibyte);
            _ = SetAllocation(MapThreshold, 32 * Mebibyte);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which has ways of its own.
        }
    }

    // NNPACK computes nothing for us; but libtorch asks for it before many a small float32 convolution, and where it does not know the
    // processor, each time it writes a warning to the terminal. TorchSharp has no such switch, so libtorch's own is used where it is found.
    private static unsafe void LeaveOutNnpack(nint library)
    {
        if (NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out nint enable))
            ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocation(int option, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private static void LoadFrom(string folder)
    {
        if (OwnFile is { } own)
            throw new UnderpaintException($"{FolderVariable} names {folder}, but this program brings its own libtorch ({own}), and both cannot be loaded.",
                $"Unset {FolderVariable}, or build with -p:TorchBackend=none.");
        // Loaded once by path, they are found by name when TorchSharp asks for them.
        foreach (string name in new[] { "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" })
        {
            string file = Path.Combine(folder, FileNameOf(name));
            bool optional = name.EndsWith("cuda", StringComparison.Ordinal);
            if (optional && !File.Exists(file))
                continue;
            try
            {
                NativeLibrary.Load(file);
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw new UnderpaintException($"{file} cannot be loaded: {FirstLine(error)}.",
                    $"Let {FolderVariable} name the folder of libtorch {Version}, for instance torch/lib inside a PyTorch installation.", error);
            }
        }
    }

    private static nint LoadByName(string name)
    {
        try
        {
            return NativeLibrary.Load(name, typeof(torch).Assembly, null);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new UnderpaintException($"The native library {name} cannot be loaded: {FirstLine(error)}.",
                $"Build with -p:TorchBackend=cpu (or cuda) for this operating system, or set {FolderVariable} to a folder with libtorch {Version}.",
                error);
        }
    }

    private static string? Find(string name) =>
        SearchFolders().Select(folder => Path.Combine(folder, FileNameOf(name))).FirstOrDefault(File.Exists);

    private static string FileNameOf(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private static string[] SearchFolders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].Trim().TrimEnd('.');
}
