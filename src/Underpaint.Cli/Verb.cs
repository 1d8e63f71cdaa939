using System.CommandLine;
using System.CommandLine.Parsing;

namespace Underpaint.Cli;

/// <summary>A command with an example for its help. An option that it does not have is an error, and never taken for a file's name.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, string example) : base(name, description)
    {
        Example = example;
        Validators.Add(RefuseUnknownOptions);
    }

    /// <summary>One command line that a newcomer can copy.</summary>
    public string Example { get; }

    // An argument or option of any number of names would swallow it. Other options have one value each, which may be a negative number.
    private static void RefuseUnknownOptions(CommandResult result)
    {
        IEnumerable<SymbolResult> swallowing = result.Children.Where(child => child is ArgumentResult or OptionResult { Option.AllowMultipleArgumentsPerToken: true });
        foreach (Token token in swallowing.SelectMany(child => child.Tokens).Where(token => token.Value.StartsWith('-')))
            result.AddError($"There is no option '{token.Value}'; a file of that name is './{token.Value}'.");
    }
}
