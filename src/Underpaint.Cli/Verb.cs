using System.CommandLine;

namespace Underpaint.Cli;

/// <summary>A command with an example for its help.</summary>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    /// <summary>One command line that a newcomer can copy.</summary>
    public string Example => example;
}
