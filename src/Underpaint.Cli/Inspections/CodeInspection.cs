using Underpaint.Codes;
using Underpaint.Codes.Files;

namespace Underpaint.Cli.Inspections;

/// <summary>What a code file says about its codes.</summary>
internal static class CodeInspection
{
    private const int IdentityShown = 12;

    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, string path, bool json)
    {
        using ICodeSource codes = CodeFile.Open(path);
        if (json)
            WriteJson(terminal, codes);
        else
            WriteText(terminal, codes);
    }

    private static void WriteJson(Terminal terminal, ICodeSource codes) => terminal.WriteJson(new
    {
        Kind = "codes",
        codes.Path,
        Codes = codes.Count,
        codes.Origin.CodeSize,
        codes.Origin.Model,
        codes.Origin.Data,
        codes.Origin.Images,
        codes.Origin.First,
        codes.Origin.End,
        codes.Origin.InversionSteps,
        Labels = codes.LabelNames,
    });

    private static void WriteText(Terminal terminal, ICodeSource codes)
    {
        CodeOrigin origin = codes.Origin;
        var facts = new FactTable();
        facts.Add("codes", $"{Wording.Count(codes.Count)} of {origin.CodeSize} numbers");
        facts.Add("stochastic", origin.InversionSteps is int steps ? $"codes found in {Wording.Steps(steps)}" : "none");
        facts.Add("images", $"{Wording.Count(origin.First)} to {Wording.Count(origin.End - 1)} of {Wording.Count(origin.Images)} in {origin.Data}");
        facts.Add("classes", codes.LabelNames.Count == 0 ? "none" : Wording.Count(codes.LabelNames.Count));
        facts.Add("model", $"{origin.Model[..IdentityShown]}…, {origin.ImageSize}×{origin.ImageSize} pixels");
        facts.Write(terminal);
    }
}
