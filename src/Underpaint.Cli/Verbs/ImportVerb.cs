using System.CommandLine;
using Underpaint.Cli.Inspections;
using Underpaint.Exchange;

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
            ImportText.Write(terminal, imported, parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return verb;
    }
}
