namespace Underpaint.Harness;

/// <summary>The most memory that this process had at once, above what it has now; native memory counts too.</summary>
internal sealed class PeakMemory
{
    private readonly long _start;

    public PeakMemory()
    {
        GC.Collect();
        // Linux starts to count anew.
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        _start = Environment.WorkingSet;
    }

    /// <summary>Bytes above the start, at the highest moment; on other systems than Linux at this one.</summary>
    public long Grown() => (OperatingSystem.IsLinux() ? ProcessStatus.Read("self", "VmHWM") : Environment.WorkingSet) - _start;
}
