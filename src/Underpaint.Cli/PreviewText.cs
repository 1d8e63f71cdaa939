using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli;

/// <summary>What <c>train --dry-run</c> tells.</summary>
internal static class PreviewText
{
    /// <summary>Writes it.</summary>
    public static int Write(Terminal terminal, RunPreview preview)
    {
        terminal.WriteLine(RecipeWriter.Write(preview.Recipe));
        var facts = new FactTable();
        facts.Add("encoder", $"{Wording.Count(preview.EncoderWeights)} weights");
        facts.Add("decoder", $"{Wording.Count(preview.DecoderWeights)} weights");
        facts.Add("checkpoint", $"about {Wording.Bytes(preview.CheckpointBytes)} each, {preview.Recipe.Checkpoint.Keep} kept; "
            + $"up to {Wording.Bytes(preview.Space.MostBytes)} in all");
        facts.Add("data", SourceText.Of(preview.Training));
        facts.Add("images",
            $"{Wording.Count(preview.Training.Images)} to learn from, {Wording.Count(preview.ValidationImages)} to judge by");
        foreach (PhaseSpan span in preview.Plan.Spans)
        {
            facts.Add($"phase {span.Name}", $"{Wording.Images(span.End - span.Start)}, {Wording.Steps(preview.StepsOf(span))} "
                + $"of {preview.Recipe.Optimizer.Batch}");
        }
        facts.Write(terminal);
        terminal.WriteLine();
        terminal.WriteLine("This was a dry run: nothing was written.");
        return ExitCode.Ok;
    }
}
