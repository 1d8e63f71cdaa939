namespace Underpaint.Cli;

/// <summary>What the tool's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>It failed, or was stopped before the end.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the recipe is wrong.</summary>
    public const int BadUsage = 2;
}
