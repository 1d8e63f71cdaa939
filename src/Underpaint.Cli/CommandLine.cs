using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Underpaint.Cli.Verbs;

namespace Underpaint.Cli;

/// <summary>The tool as a whole: its verbs, and what happens when one fails.</summary>
internal static class CommandLine
{
    // Longer lines are hard to read, however wide the terminal is.
    private const int WidestHelp = 100;

    /// <summary>Runs one command line.</summary>
    /// <param name="args">What the user typed after the tool's name.</param>
    /// <param name="terminal">What it talks to.</param>
    /// <returns>The exit code: see <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        Verb root = Build(terminal);
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
            return Failure.OfUsage(terminal, parsed);
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Out.Profile.Out.Writer,
                Error = terminal.Error.Profile.Out.Writer,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (Exception error)
        {
            return Failure.Of(terminal, error);
        }
    }

    private static Verb Build(Terminal terminal)
    {
        var root = new Verb("underpaint",
            "Trains and uses diffusion autoencoders: structure first, detail second.",
            "underpaint demo")
        {
            DemoVerb.Create(terminal),
            TrainVerb.Create(terminal),
            ResumeVerb.Create(terminal),
            ReconstructVerb.Create(terminal),
            EvaluateVerb.Create(terminal),
            CompareVerb.Create(terminal),
            ExperimentVerb.Create(terminal),
            JudgeVerb.Create(terminal),
            EncodeVerb.Create(terminal),
            DecodeVerb.Create(terminal),
            JoinVerb.Create(terminal),
            AttributesVerb.Create(terminal),
            EditVerb.Create(terminal),
            JudgeEditsVerb.Create(terminal),
            InterpolateVerb.Create(terminal),
            TrainCodesVerb.Create(terminal),
            SampleVerb.Create(terminal),
            ImportVerb.Create(terminal),
            ExportVerb.Create(terminal),
            PrepareVerb.Create(terminal),
            InspectVerb.Create(terminal),
            BenchVerb.Create(terminal),
            DoctorVerb.Create(terminal),
        };
        root.Add(new HelpOption("--help", "-h")
        {
            Description = "Show this help",
            Action = new HelpPage { MaxWidth = Math.Min(terminal.Out.Profile.Width, WidestHelp) },
        });
        root.Add(new VersionOption { Description = "Show the version" });
        return root;
    }
}
