using System.Text;
using System.Text.Json;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Reports;

/// <summary>The page that travels with a published model: <c>README.md</c>, with the YAML header that model hubs read.</summary>
public static class ModelCard
{
    private const int PublishedGroups = 32;
    private const string HeaderEdge = "---", HeaderMark = "library_name: underpaint";

    // The header of a card has a dozen lines, and one for each data set.
    private const int MostHeaderLines = 1000;

    /// <summary>Writes the page.</summary>
    /// <param name="data">What it tells.</param>
    public static string Write(ModelCardData data)
    {
        var page = new StringBuilder();
        WriteHeader(page, data);
        WriteModel(page, data);
        WriteUse(page, data);
        WriteTraining(page, data);
        return page.ToString();
    }

    /// <summary>Refuses a place where something else lies than a model card, which writing would replace.</summary>
    /// <param name="path">The file that is to be written; it may be missing.</param>
    /// <exception cref="UnderpaintException">It is there already, and does not begin as a card does; or cannot be read.</exception>
    public static void CheckDestination(string path)
    {
        if (File.Exists(path) && !IsCard(path))
            throw new UnderpaintException($"{path} is there already, and is no model card of Underpaint.", "Name another folder, or move the file away.");
    }

    // Whatever its owner has made of the rest, the header says whose it is.
    private static bool IsCard(string path)
    {
        try
        {
            string[] lines = [.. File.ReadLines(path).Take(MostHeaderLines)];
            return lines is [HeaderEdge, ..] && lines.Skip(1).TakeWhile(line => line != HeaderEdge).Contains(HeaderMark);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
    }

    private static void WriteHeader(StringBuilder page, ModelCardData data)
    {
        page.Append(HeaderEdge + "\n");
        page.Append($"license: {Quoted(data.License)}\n");
        page.Append(HeaderMark + "\n");
        page.Append("pipeline_tag: image-to-image\n");
        WriteList(page, "tags", ["diffusion-autoencoder", "diffae", "underpaint", "safetensors"]);
        WriteList(page, "datasets", data.Datasets);
        WriteList(page, "metrics", ["psnr", "ssim"]);
        page.Append(HeaderEdge + "\n\n");
    }

    private static void WriteModel(StringBuilder page, ModelCardData data)
    {
        Recipe recipe = data.Recipe;
        page.Append($"# {recipe.Name}\n\n");
        page.Append("A diffusion autoencoder: an encoder turns an image into one code, and a diffusion decoder turns the code back into the image.\n\n");
        page.Append("| | |\n| --- | --- |\n");
        page.Append($"| images | {recipe.Data.Size} × {recipe.Data.Size} pixels, {(recipe.Data.Channels == 1 ? "grey" : "RGB")}{(recipe.Data.Crop == ImageCrop.Celeba ? ", cropped from aligned CelebA's 178 × 218" : "")} |\n");
        page.Append($"| code | {Plain(recipe.Model.Code)} numbers |\n");
        page.Append($"| weights | {Plain(data.Weights)}, float32 |\n");
        if (data.Origin is { } origin)
            page.Append($"| origin | {Cell(origin)} |\n");
        page.Append($"| trained on | {Seen(data)} |\n\n");
    }

    private static void WriteUse(StringBuilder page, ModelCardData data)
    {
        Phase phase = data.Phase;
        page.Append("## Use\n\n");
        page.Append($"```bash\nunderpaint reconstruct {data.WeightsFile} photo.jpg --out pictures\n```\n\n");
        page.Append("```csharp\nusing var model = DiffusionAutoencoder.Load(\"").Append(data.WeightsFile).Append("\");\n");
        page.Append("using var images = ImageBatch.Load(\"photos/\", model.Recipe.Data);\nusing var codes = model.Encode(images);\n");
        page.Append("using var again = model.Decode(codes, seed: 1);\n```\n\n");
        page.Append("The tensors have the names of the official Diff-AE code, for a network with the sizes of the recipe below:\n\n");
        page.Append("```python\nfrom safetensors.torch import load_file\n\n");
        page.Append($"network.load_state_dict(load_file(\"{data.WeightsFile}\"))\n```\n\n");
        page.Append($"The network predicts {WordOf(phase.Predict)} on the schedule {WordOf(phase.Schedule)}, at times from 0 to 1000.");
        if (phase is not { Predict: Prediction.Noise, Schedule.Kind: ScheduleKind.LinearBeta })
            page.Append(" The official sampler expects noise on linear-beta: sample by this schedule and prediction instead.");
        if (data.Recipe.Model.Groups != PublishedGroups)
            page.Append($" Its norms have {Plain(data.Recipe.Model.Groups)} groups; the official network has {PublishedGroups}, and gives other results with these weights.");
        page.Append("\n\n");
    }

    private static void WriteTraining(StringBuilder page, ModelCardData data)
    {
        page.Append("## Training\n\n| phase | images | schedule | predicts |\n| --- | --- | --- | --- |\n");
        foreach (PhaseSpan span in new PhasePlan(data.Recipe).Spans)
            page.Append($"| {span.Name} | {(data.KnowsImages ? Plain(span.End - span.Start) : "unknown")} | {WordOf(span.Phase.Schedule)} | {WordOf(span.Phase.Predict)} |\n");
        page.Append('\n');
        if (data.Data is { } images)
            page.Append($"Trained on {Cell(images)}.\n\n");
        if (data.Validation is { } figures)
            page.Append($"Reconstructing validation images ({Plain(figures.Images)} of them, never trained on) in {Figures.Steps(figures.Steps)}, "
                + $"after {Plain(figures.ImagesSeen)} images seen: PSNR {Figures.Decibels(figures.Psnr)}, SSIM {Figures.Share(figures.Ssim)} (means).\n\n");
        page.Append($"## Recipe\n\n```json\n{RecipeWriter.Write(data.Recipe)}```\n");
    }

    private static void WriteList(StringBuilder page, string key, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;
        page.Append($"{key}:\n");
        foreach (string item in items)
            page.Append($"- {Quoted(item)}\n");
    }

    private static string Seen(ModelCardData data) => data.KnowsImages ? $"{Plain(data.ImagesSeen)} images" : "an unknown number of images";

    private static string WordOf(Prediction prediction) => prediction.ToString().ToLowerInvariant();

    private static string WordOf(NoiseSchedule schedule) => schedule.Kind switch
    {
        ScheduleKind.LinearBeta => "linear-beta",
        ScheduleKind.Cosine => "cosine",
        ScheduleKind.ShiftedCosine => Figures.Invariant($"shifted-cosine {schedule.Shift}"),
        _ => "highest-noise",
    };

    private static string Plain(long count) => Figures.Count(count).Replace('\u2009', ' ');

    // A text in JSON's quotes is one in YAML, too; a plain word needs none.
    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && text.Any(char.IsAsciiLetter) ? text : JsonSerializer.Serialize(text);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
