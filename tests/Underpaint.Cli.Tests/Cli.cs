using Spectre.Console;

namespace Underpaint.Cli.Tests;

/// <summary>Runs the tool inside the test's own process.</summary>
internal static class Cli
{
    public const int Width = 80;

    /// <summary>One command line, as it would be typed without spaces inside its words.</summary>
    public static Outcome Run(string commandLine) => Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static Outcome Run(params string[] args) => Run(args, new StringWriter(), CancellationToken.None);

    /// <summary>Stops the tool as Ctrl-C would, as soon as its output contains a text.</summary>
    public static Outcome RunUntil(string text, params string[] args)
    {
        using var stop = new CancellationTokenSource();
        return Run(args, new WatchedWriter(text, stop.Cancel), stop.Token);
    }

    /// <summary>Stops the tool before its first step.</summary>
    public static Outcome RunStopped(params string[] args) =>
        Run(args, new StringWriter(), new CancellationToken(canceled: true));

    public static IAnsiConsole Console(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        return console;
    }

    private static Outcome Run(string[] args, StringWriter output, CancellationToken stop)
    {
        var error = new StringWriter();
        int code = CommandLine.Run(args, new(Console(output), Console(error), TimeProvider.System, stop));
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class WatchedWriter(string text, Action found) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                found();
        }
    }
}
