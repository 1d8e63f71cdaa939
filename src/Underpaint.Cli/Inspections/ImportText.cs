using Underpaint.Exchange;
using Underpaint.Training;

namespace Underpaint.Cli.Inspections;

/// <summary>What an import made of an official checkpoint, or would make.</summary>
internal static class ImportText
{
    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, ImportedModel imported, bool json)
    {
        if (json)
            WriteJson(terminal, imported);
        else
            WriteText(terminal, imported);
    }

    private static void WriteJson(Terminal terminal, ImportedModel imported) => terminal.WriteJson(new
    {
        imported.Path,
        Recipe = imported.Recipe.Name,
        imported.Recipe.Data.Size,
        imported.Recipe.Data.Channels,
        imported.Recipe.Model,
        imported.ImagesSeen,
        imported.Weights,
        imported.Tensors,
        imported.Kind,
        imported.LeftOut,
        imported.Assumptions,
    });

    private static void WriteText(Terminal terminal, ImportedModel imported)
    {
        Recipe recipe = imported.Recipe;
        var facts = new FactTable();
        facts.Add("file", imported.Path);
        facts.Add("recipe", recipe.Name);
        facts.Add("images", $"{recipe.Data.Size}×{recipe.Data.Size} pixels, {(recipe.Data.Channels == 1 ? "grey" : "RGB")}");
        facts.Add("code", $"{recipe.Model.Code} numbers");
        facts.Add("decoder", $"{recipe.Model.Channels} channels × {string.Join(", ", recipe.Model.Multipliers)}");
        facts.Add("encoder", $"{recipe.Model.Channels} channels × {string.Join(", ", recipe.Model.EncoderMultipliers)}");
        facts.Add("weights", $"{Wording.Count(imported.Weights)} in {Wording.Count(imported.Tensors)} tensors: {imported.Kind}");
        facts.Add("trained", imported.ImagesSeen > 0 ? $"on {Wording.Images(imported.ImagesSeen)}" : "on a number of images that it does not tell");
        foreach ((string part, int tensors) in imported.LeftOut)
            facts.Add("left out", $"{part}, {Wording.Count(tensors, "tensor")}");
        foreach (string assumption in imported.Assumptions)
            facts.Add("assumed", assumption);
        facts.Write(terminal);
    }
}
