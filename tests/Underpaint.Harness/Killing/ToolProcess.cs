using System.Diagnostics;
using System.Text;

namespace Underpaint.Harness.Killing;

/// <summary>The tool while it runs. Dispose it; it is killed if it still runs then.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly string _log;

    public ToolProcess(Process process, string log)
    {
        (Process, _log) = (process, log);
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public int Wait()
    {
        Process.WaitForExit();
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.WaitForExit();
        File.AppendAllText(_log, Output + $"-- exit code {Process.ExitCode}\n");
        Process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
