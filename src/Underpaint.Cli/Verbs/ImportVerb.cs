using System.CommandLine;
using Underpaint.Exchange;
using Underpaint.Training;

namespace Underpaint.Cli.Verbs;

/// <summary><c>import</c>: makes a model file of an official Diff-AE checkpoint.</summary>
internal static class ImportVerb
{
    public static Verb Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "An official Diff-AE checkpoint: last.ckpt, another PyTorch file, or safetensors",
        };
        var model = new Option<string>("--out") { Description = "The model file to write", HelpName = "FILE", Required = true };
        var raw = new Option<bool>("--raw") { Description = "Take the live weights instead of their average" };
        var preset = Parameters.PresetOf("Sizes that the checkpoint must have; without it they are inferred");
        var set = Parameters.Set("Say what no tensor tells, such as data.size or model.heads");
        var json = Parameters.Json();
        var verb = new Verb("import",
            "Makes a model file of an official Diff-AE checkpoint. Nothing in the checkpoint is executed.",
            "underpaint import ffhq128_autoenc_130M/last.ckpt --out ffhq128.safetensors")
        {
            file, model, raw, preset, set, json,
        };
        verb.SetAction(parsed =>
        {
            ImportedModel imported = ModelImport.Run(parsed.GetValue(file)!, parsed.GetValue(model)!, new()
            {
                Raw = parsed.GetValue(raw),
                Preset = parsed.GetValue(preset),
                Settings = parsed.GetValue(set) ?? [],
            });
            if (parsed.GetValue(json))
                WriteJson(terminal, imported);
            else
                WriteText(terminal, imported);
            return ExitCode.Ok;
        });
        return verb;
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
        facts.Add("model", imported.Path);
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
