using Underpaint.Exchange;
using Underpaint.Training;

namespace Underpaint.Cli.Inspections;

/// <summary>What an import made of an official file, or would make.</summary>
internal static class ImportText
{
    private const int NamedAtMost = 5;

    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, ImportedFiles imported, bool json)
    {
        if (json)
            WriteJson(terminal, imported);
        else
            WriteText(terminal, imported);
    }

    private static void WriteJson(Terminal terminal, ImportedFiles imported) => terminal.WriteJson(new
    {
        Model = imported.Model is not { } model ? null : new
        {
            model.Path,
            Recipe = model.Recipe.Name,
            model.Recipe.Data.Size,
            model.Recipe.Data.Channels,
            Network = model.Recipe.Model,
            model.ImagesSeen,
            model.Weights,
            model.Tensors,
        },
        imported.Latent,
        imported.Directions,
        imported.Codes,
        imported.Kind,
        imported.LeftOut,
        imported.Assumptions,
    });

    private static void WriteText(Terminal terminal, ImportedFiles imported)
    {
        var facts = new FactTable();
        if (imported.Model is { } model)
            Add(facts, model, imported.Kind);
        if (imported.Latent is { } latent)
            Add(facts, latent, imported.Kind);
        if (imported.Directions is { } directions)
            Add(facts, directions, imported.Kind);
        if (imported.Codes is { } codes)
        {
            facts.Add("file", codes.Path);
            facts.Add("codes", $"{Wording.Count(codes.Count)} of {codes.CodeSize} numbers");
        }
        foreach ((string part, int tensors) in imported.LeftOut)
            facts.Add("left out", $"{part}, {Wording.Count(tensors, "tensor")}");
        foreach (string assumption in imported.Assumptions)
            facts.Add("assumed", assumption);
        facts.Write(terminal);
    }

    private static void Add(FactTable facts, ImportedModel model, string kind)
    {
        Recipe recipe = model.Recipe;
        facts.Add("file", model.Path);
        facts.Add("recipe", recipe.Name);
        facts.Add("images", $"{recipe.Data.Size}×{recipe.Data.Size} pixels, {(recipe.Data.Channels == 1 ? "grey" : "RGB")}");
        facts.Add("code", $"{recipe.Model.Code} numbers");
        facts.Add("decoder", $"{recipe.Model.Channels} channels × {string.Join(", ", recipe.Model.Multipliers)}");
        facts.Add("encoder", $"{recipe.Model.Channels} channels × {string.Join(", ", recipe.Model.EncoderMultipliers)}");
        facts.Add("weights", $"{Wording.Count(model.Weights)} in {Wording.Count(model.Tensors)} tensors: {kind}");
        facts.Add("trained", Trained(model.ImagesSeen));
    }

    private static void Add(FactTable facts, ImportedLatent latent, string kind)
    {
        facts.Add("file", latent.Path);
        facts.Add("latent model", $"of codes of {latent.CodeSize} numbers; {latent.Layers} layers of {latent.Width}");
        facts.Add("weights", $"{Wording.Count(latent.Weights)} in {Wording.Count(latent.Tensors)} tensors: {kind}");
        facts.Add("trained", Trained(latent.ImagesSeen));
    }

    private static void Add(FactTable facts, ImportedDirections directions, string kind)
    {
        string more = directions.Names.Count > NamedAtMost ? $" and {directions.Names.Count - NamedAtMost} more" : "";
        facts.Add("file", directions.Path);
        facts.Add("directions", $"for codes of {directions.CodeSize} numbers, of a classifier ({kind}): "
            + string.Join(", ", directions.Names.Take(NamedAtMost)) + more);
    }

    private static string Trained(long imagesSeen) => imagesSeen > 0 ? $"on {Wording.Images(imagesSeen)}" : "on a number of images that it does not tell";
}
