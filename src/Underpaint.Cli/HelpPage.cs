using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Underpaint.Cli;

/// <summary>The usual help, and an example below it.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    /// <summary>The widest that lines may get, in characters.</summary>
    public required int MaxWidth { init => _usual.MaxWidth = value; }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {verb.Example}");
        return code;
    }
}
