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
        var onnx = new Option<bool>("--onnx") { Description = "ONNX graphs of the encoder, of one denoising step and of a latent model, for use without libtorch" };
        var directions = new Option<string?>("--directions")
        {
            Description = "A directions file of this model, to edit images with the ONNX graphs",
            HelpName = "FILE",
        };
        var latent = new Option<string?>("--latent")
        {
            Description = "A latent model of this model, to make new images with the ONNX graphs",
            HelpName = "FILE",
        };
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
        var verb = new Verb("export", "Writes a model for others to use: for PyTorch, for ONNX Runtime, and to publish.",
            "underpaint export runs/0001-two-phase --safetensors --out published --license cc-by-4.0")
        {
            model, folder, safetensors, onnx, directions, latent, license, dataset, json,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(safetensors) == result.GetValue(onnx))
                result.AddError("Say what to write: --safetensors or --onnx.");
            if (result.GetValue(directions) is not null && !result.GetValue(onnx))
                result.AddError("--directions goes with --onnx.");
            if (result.GetValue(latent) is not null && !result.GetValue(onnx))
                result.AddError("--latent goes with --onnx.");
            if (result.GetResult(license) is { Implicit: false } && !result.GetValue(safetensors))
                result.AddError("--license goes with --safetensors: an ONNX folder has no model card.");
            if (result.GetValue(dataset) is { Length: > 0 } && !result.GetValue(safetensors))
                result.AddError("--dataset goes with --safetensors: an ONNX folder has no model card.");
        });
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(onnx))
            {
                var options = new ExportOptions { Directions = parsed.GetValue(directions), Latent = parsed.GetValue(latent) };
                return ExportGraphs(terminal, parsed.GetValue(model)!, parsed.GetValue(folder)!, options, parsed.GetValue(json));
            }
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

    private static int ExportGraphs(Terminal terminal, string model, string folder, ExportOptions options, bool asJson)
    {
        ExportedGraphs exported = ModelExport.Onnx(model, folder, options);
        if (asJson)
        {
            terminal.WriteJson(exported);
            return ExitCode.Ok;
        }
        terminal.WriteLine($"Encoder:    {exported.Encoder}");
        terminal.WriteLine($"Denoiser:   {exported.Denoiser}");
        if (exported.Latent is { } graph)
            terminal.WriteLine($"Latent:     {graph}");
        if (exported.Directions is { } written)
            terminal.WriteLine($"Directions: {written}");
        return ExitCode.Ok;
    }
}
