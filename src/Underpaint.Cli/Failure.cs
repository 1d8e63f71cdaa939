using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Underpaint.Training;

namespace Underpaint.Cli;

/// <summary>Tells the user what went wrong: one paragraph on standard error, no stack trace for a mistake of theirs.</summary>
internal static partial class Failure
{
    /// <summary>The environment variable that asks for stack traces.</summary>
    public const string TraceVariable = "UNDERPAINT_TRACE";

    private static bool Traces => Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 };

    /// <summary>Reports a command line that is wrong.</summary>
    public static int OfUsage(Terminal terminal, ParseResult parsed)
    {
        Command root = parsed.RootCommandResult.Command, command = parsed.CommandResult.Command;
        string first = parsed.Tokens is [var token, ..] ? token.Value : "";
        bool isUnknownVerb = parsed.UnmatchedTokens.Contains(first) && !first.StartsWith('-');
        string problem = isUnknownVerb
            ? $"There is no verb \"{first}\". The verbs are {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}."
            : string.Join(' ', parsed.Errors.Select(error => InPlainWords(error.Message)).Distinct());
        string help = isUnknownVerb || command == root ? "underpaint --help" : $"underpaint {command.Name} --help";
        Write(terminal, $"{problem} Run `{help}`.");
        return ExitCode.BadUsage;
    }

    /// <summary>Reports a failure.</summary>
    public static int Of(Terminal terminal, Exception error)
    {
        Write(terminal, error switch
        {
            UnderpaintException => error.Message,
            OperationCanceledException => "Stopped before the end. Give the same command again to start over.",
            IOException or UnauthorizedAccessException =>
                $"{error.Message.TrimEnd('.')}. Check the path, the disk, and your rights to it.",
            _ when IsMemory(error) =>
                "There is not enough memory for this. When training, choose a smaller batch, model or image size; otherwise fewer images, codes or --curve-examples.",
            _ => $"{error.GetBaseException().Message} This is a bug in Underpaint: please report it with its trace, "
                + $"which {TraceVariable}=1 shows.",
        });
        if (Traces)
            terminal.WriteError(error.ToString());
        return error is RecipeException ? ExitCode.BadUsage : ExitCode.Failed;
    }

    // Users need not know .NET's names of types; every option that has one takes a whole number.
    private static string InPlainWords(string parseError) =>
        TypeNamePattern().Replace(parseError.TrimEnd('.'), ": it takes a whole number") + ".";

    // libtorch has no error code of its own for it.
    private static bool IsMemory(Exception error) => error is OutOfMemoryException || (error is ExternalException { Message: var told }
        && (told.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || told.Contains("can't allocate memory", StringComparison.Ordinal)));

    private static void Write(Terminal terminal, string message) => terminal.WriteError($"error: {Wording.OneLine(message)}");

    [GeneratedRegex(@" as expected type '[^']*'")]
    private static partial Regex TypeNamePattern();
}
