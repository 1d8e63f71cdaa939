using System.Runtime.InteropServices;

namespace Underpaint.Machine;

/// <summary>
/// Whether TorchSharp's native library fits this system's C++ library. It demands a version of symbols that only GCC 13 and
/// later have, and uses nothing of it; building with Underpaint makes the demand weak (<c>buildTransitive/Underpaint.targets</c>).
/// </summary>
internal static partial class TorchSharpMending
{
    private const string Version = "GLIBCXX_3.4.32";

    // The one symbol that the version was made for.
    private const string Symbol = "_ZSt21ios_base_library_initv";

    /// <summary>Looks at the library's file and at the system; null on systems other than Linux, or where there is no such file.</summary>
    public static MachineCheck? Check()
    {
        if (!OperatingSystem.IsLinux() || TorchLibrary.BindingFile is not { } file || HasVersion() is not { } isThere)
            return null;
        try
        {
            return Of(SymbolVersion.IsDemanded(File.ReadAllBytes(file), Version), isThere);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What to say.</summary>
    /// <param name="isDemanded">Whether the library demands the version: false if that was mended, null if it never did.</param>
    /// <param name="isThere">Whether this system has the version.</param>
    internal static MachineCheck Of(bool? isDemanded, bool isThere)
    {
        string system = $"this system's C++ library {(isThere ? "has" : "lacks")} {Version}";
        return isDemanded switch
        {
            null => new("TorchSharp", $"needs no mending: demands no {Version}"),
            false => new("TorchSharp", $"mended; {system}"),
            true when isThere => new("TorchSharp", $"not mended, and need not be: {system}"),
            true => new("TorchSharp", $"not mended: {system}, which it demands",
                "Build anew with the package's or repository's own targets, which mend it, or install libstdc++ of GCC 13 or later.", IsNeeded: true),
        };
    }

    private static bool? HasVersion()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out nint library))
            return false;
        try
        {
            return FindSymbol(library, Symbol, Version) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which does not look at versions.
            return null;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    [LibraryImport("libc", EntryPoint = "dlvsym", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FindSymbol(nint library, string symbol, string version);
}
