using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Underpaint.Cli;

/// <summary>What a verb talks to; tests give it consoles and a clock of their own.</summary>
/// <param name="Out">Standard output, for results.</param>
/// <param name="Error">Standard error, for errors and for progress that is no result.</param>
/// <param name="Time">The clock.</param>
/// <param name="Stop">Asked for when the user wants to stop.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, TimeProvider Time, CancellationToken Stop)
{
    // Without a terminal there is no width to keep to; this one keeps tables readable.
    private const int WidthWithoutTerminal = 120;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Names keep their letters: nobody puts this output into a web page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The consoles and the clock of this process.</summary>
    public static Terminal OfThisProcess(CancellationToken stop)
    {
        Console.OutputEncoding = Encoding.UTF8;
        return new(Create(Console.Out), Create(Console.Error), TimeProvider.System, stop);
    }

    /// <summary>Writes a line of results as it is, without wrapping, so that paths in it can be copied.</summary>
    public void WriteLine(string line = "") => Out.Profile.Out.Writer.WriteLine(line);

    /// <summary>Writes one JSON object with camelCase keys.</summary>
    public void WriteJson<T>(T value) => WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Writes a line to standard error as it is.</summary>
    public void WriteError(string line)
    {
        try
        {
            Error.Profile.Out.Writer.WriteLine(line);
        }
        catch (IOException)
        {
            // The terminal was closed: there is nobody to tell, and nothing else to tell them with.
        }
    }

    private static IAnsiConsole Create(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
