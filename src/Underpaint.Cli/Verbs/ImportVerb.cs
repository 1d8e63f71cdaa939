using System.CommandLine;
using Underpaint.Cli.Inspections;
using Underpaint.Exchange;

namespace Underpaint.Cli.Verbs;

/// <summary><c>import</c>: makes files of Underpaint of official Diff-AE files.</summary>
internal static class ImportVerb
{
    public static Verb Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "An official Diff-AE file: last.ckpt of an autoencoder, a latent DPM or a classifier, latent.pkl, another PyTorch file, or safetensors",
        };
        var destination = new Option<string>("--out")
        {
            Description = "The file to write; what else a checkpoint holds goes beside it, as FILE-latent and so on",
            HelpName = "FILE",
            Required = true,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The imported model that a classifier, a latent DPM or latent.pkl belongs to, where the file holds none",
            HelpName = "MODEL",
        };
        var raw = new Option<bool>("--raw") { Description = "Take the live weights instead of their average" };
        var preset = Parameters.PresetOf("Sizes that the checkpoint must have; without it they are inferred");
        var set = Parameters.Set("Say what no tensor tells, such as data.size or model.heads");
        var json = Parameters.Json();
        var verb = new Verb("import",
            "Makes a model, latent model, directions or codes of an official Diff-AE file. Nothing in the file is executed.",
            "underpaint import ffhq128_autoenc_130M/last.ckpt --out ffhq128.safetensors")
        {
            file, destination, model, raw, preset, set, json,
        };
        verb.SetAction(parsed =>
        {
            ImportedFiles imported = ModelImport.Run(parsed.GetValue(file)!, parsed.GetValue(destination)!, new()
            {
                Model = parsed.GetValue(model),
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
