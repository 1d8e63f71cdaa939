using System.Diagnostics;

namespace Underpaint.Tests.Runs;

/// <summary>A file system of its own, mounted while this lives, where that is allowed: its rights bind administrators too.</summary>
internal sealed class MountedDisk : IDisposable
{
    public const string Needs = "needs Linux and the right to mount a file system";

    private readonly string _folder;

    /// <summary>Mounts one that is in memory.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="bytes">How much it holds.</param>
    public MountedDisk(string folder, long bytes)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        IsMounted = Mount("-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", _folder);
    }

    /// <summary>Mounts a folder once more over itself, so that it has rights of its own.</summary>
    /// <param name="folder">The folder.</param>
    public MountedDisk(string folder)
    {
        _folder = folder;
        IsMounted = Mount("--bind", folder, folder);
        IsBound = true;
    }

    public bool IsMounted { get; }

    private bool IsBound { get; }

    /// <summary>Changes how it is mounted, such as <c>ro</c>.</summary>
    public bool Remount(string options) => Mount("-o", $"remount,{(IsBound ? "bind," : "")}{options}", _folder);

    public void Dispose()
    {
        if (!IsMounted)
            return;
        using var unmount = Process.Start("umount", ["-l", _folder]);
        unmount.WaitForExit();
    }

    private static bool Mount(params string[] args)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var mount = Process.Start(new ProcessStartInfo("mount", args) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}
