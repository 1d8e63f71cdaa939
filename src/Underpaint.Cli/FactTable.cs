namespace Underpaint.Cli;

/// <summary>Names and values in two columns; values keep their line whatever their length, so that paths can be copied.</summary>
internal sealed class FactTable
{
    private readonly List<(string Name, string Value)> _facts = [];

    /// <summary>Adds a line.</summary>
    public void Add(string name, string value) => _facts.Add((name, Wording.OneLine(value)));

    /// <summary>Writes the lines to standard output.</summary>
    public void Write(Terminal terminal)
    {
        int width = _facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in _facts)
            terminal.WriteLine($"{name.PadRight(width)}  {value}");
    }
}
