using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Cli.Inspections;

/// <summary>What a model file says about itself.</summary>
internal static class ModelInspection
{
    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, string path, bool json)
    {
        ModelDescription model = ModelFile.Describe(path);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        long bytes = new FileInfo(path).Length;
        if (json)
            WriteJson(terminal, model, file.Tensors.Count, bytes);
        else
            WriteText(terminal, model, file.Tensors.Count, bytes);
    }

    private static void WriteJson(Terminal terminal, ModelDescription model, int tensors, long bytes) => terminal.WriteJson(new
    {
        Kind = "model",
        model.Path,
        Recipe = model.Recipe.Name,
        model.Recipe.Data.Size,
        model.Recipe.Data.Channels,
        model.Recipe.Model.Code,
        model.Weights,
        Tensors = tensors,
        Bytes = bytes,
        model.ImagesSeen,
        model.Origin,
        model.Recipe.Start,
        Phases = model.Recipe.Phases.Select(phase => new { phase.Name, phase.Images }),
    });

    private static void WriteText(Terminal terminal, ModelDescription model, int tensors, long bytes)
    {
        Recipe recipe = model.Recipe;
        var facts = new FactTable();
        facts.Add("model", model.Path);
        facts.Add("recipe", recipe.Name);
        facts.Add("images", $"{recipe.Data.Size}×{recipe.Data.Size} pixels, {(recipe.Data.Channels == 1 ? "grey" : "RGB")}");
        facts.Add("code", $"{recipe.Model.Code} numbers");
        facts.Add("weights", $"{Wording.Count(model.Weights)} in {Wording.Count(tensors)} tensors, {Wording.Bytes(bytes)}");
        if (model.Origin is { } origin)
            facts.Add("origin", origin);
        if (recipe.Start is { } start)
            facts.Add("start", $"the model {StartText.Of(start)}");
        facts.Add("trained", model.KnowsImages
            ? $"on {Wording.Progress(model.ImagesSeen, new PhasePlan(recipe).End)}"
            : "on a number of images that its file does not tell");
        PhaseText.AddTo(facts, recipe, model.KnowsImages);
        facts.Write(terminal);
    }
}
