using Underpaint.Machine;

namespace Underpaint.Cli.Verbs;

/// <summary><c>doctor</c>: what this machine can do.</summary>
internal static class DoctorVerb
{
    public static Verb Create(Terminal terminal)
    {
        var json = Parameters.Json();
        var verb = new Verb("doctor", "Shows what this machine can do, and how to fix what it cannot.", "underpaint doctor")
        {
            json,
        };
        verb.SetAction(parsed =>
        {
            MachineReport report = MachineReport.Of(Environment.CurrentDirectory);
            if (parsed.GetValue(json))
                terminal.WriteJson(new { Usable = report.IsUsable, report.Checks });
            else
                WriteText(terminal, report);
            return report.IsUsable ? ExitCode.Ok : ExitCode.Failed;
        });
        return verb;
    }

    private static void WriteText(Terminal terminal, MachineReport report)
    {
        var facts = new FactTable();
        foreach (MachineCheck check in report.Checks)
        {
            facts.Add(check.Name, check.Value);
            if (check.Remedy is not null)
                facts.Add("", $"→ {check.Remedy}");
        }
        facts.Write(terminal);
        terminal.WriteLine();
        terminal.WriteLine(report.IsUsable
            ? "Underpaint can work here."
            : "Underpaint cannot work here until what is marked → is done.");
    }
}
