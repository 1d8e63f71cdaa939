using System.CommandLine;
using Underpaint.Cli.Inspections;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Evaluation.Judging;
using Underpaint.Exchange;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>inspect</c>: what is in a run folder, a model or judge file, or a set of images.</summary>
internal static class InspectVerb
{
    private const string ModelExtension = ".safetensors";
    private static readonly string[] CheckpointExtensions = [".ckpt", ".pt", ".pth", ".pkl", ModelExtension];

    public static Verb Create(Terminal terminal)
    {
        var path = new Argument<string>("PATH")
        {
            Description = "A run folder, a model, latent model, judge or code file, an official Diff-AE checkpoint, or images: a folder, zip or tar archive, LMDB database, parquet or IDX file, or image",
        };
        var json = Parameters.Json();
        var verb = new Verb("inspect",
            "Shows what is in a run folder, a model, latent model, judge or code file, a checkpoint, or a set of images.",
            "underpaint inspect photos.zip")
        {
            path, json,
        };
        verb.SetAction(parsed => Run(terminal, parsed.GetValue(path)!, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Terminal terminal, string path, bool json)
    {
        if (RunFolder.IsRun(path))
            RunInspection.Write(terminal, path, json);
        else if (File.Exists(path) && CodeFile.IsCodeFile(path))
            CodeInspection.Write(terminal, path, json);
        else if (Path.GetExtension(path) == ModelExtension && JudgeFile.IsJudge(path))
            JudgeInspection.Write(terminal, path, JudgeFile.Describe(path), json);
        else if (Path.GetExtension(path) == ModelExtension && LatentFile.IsLatent(path))
            LatentInspection.Write(terminal, path, json);
        else if (Path.GetExtension(path) == ModelExtension && ModelFile.IsModel(path))
            ModelInspection.Write(terminal, path, json);
        else if (CheckpointExtensions.Contains(Path.GetExtension(path)))
            ImportText.Write(terminal, ModelImport.Preview(path), json);
        else
            return SourceInspection.Write(terminal, path, json);
        return ExitCode.Ok;
    }
}
