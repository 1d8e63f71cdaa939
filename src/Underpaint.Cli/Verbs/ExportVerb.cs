using System.CommandLine;
using Underpaint.Exchange;

namespace Underpaint.Cli.Verbs;

/// <summary><c>export</c>: writes a model for others to use.</summary>
internal static class ExportVerb
{
    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var folder = new Option<string>("--out") { Description = "The folder to publish", HelpName = "DIR", Required = true };
        var safetensors = new Option<bool>("--safetensors") { Description = "Weights under the official Diff-AE names, and a model card" };
        var license = new Option<string>("--license")
        {
            Description = "The licence's identifier for the card, such as cc-by-4.0",
            HelpName = "ID",
            DefaultValueFactory = _ => "unknown",
        };
        var dataset = new Option<string[]>("--dataset")
        {
            Description = "A data set for the card; may be given several times",
            HelpName = "NAME",
        };
        var json = Parameters.Json();
        var verb = new Verb("export", "Writes a model for others to use: for PyTorch, and to publish.",
            "underpaint export runs/0001-two-phase --safetensors --out published --license cc-by-4.0")
        {
            model, folder, safetensors, license, dataset, json,
        };
        verb.Validators.Add(result =>
        {
            if (!result.GetValue(safetensors))
                result.AddError("Say what to write: --safetensors.");
        });
        verb.SetAction(parsed =>
        {
            ExportedModel exported = ModelExport.Safetensors(parsed.GetValue(model)!, parsed.GetValue(folder)!, new()
            {
                License = parsed.GetValue(license)!,
                Datasets = parsed.GetValue(dataset) ?? [],
            });
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(exported);
                return ExitCode.Ok;
            }
            terminal.WriteLine($"Weights: {exported.Weights}");
            terminal.WriteLine($"Card:    {exported.Card}");
            return ExitCode.Ok;
        });
        return verb;
    }
}
