using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Underpaint.Evaluation;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// The rows that are done, one file each, so that two processes never write the same file and none is lost with another. A row counts
/// as done only where the recipe and the images that it was made from are as they would be now, and, while its model is there to be
/// measured anew, each metric, too.
/// </summary>
internal sealed class RowStore(ExperimentFolder folder, LoadedMeasures measures)
{
    private const int MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The experiment's folder.</summary>
    public ExperimentFolder Folder => folder;

    /// <summary>What models are judged by: rows that lack one of these, or have it in another version, are made anew while their model is there.</summary>
    public LoadedMeasures Measures => measures;

    /// <summary>What the training of a recipe depends on, in 64 hexadecimal digits; neither its name nor when it saves.</summary>
    public static string HashOf(Recipe recipe) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        RecipeWriter.Write(recipe with { Name = "any", Checkpoint = new() }))));

    /// <summary>Whether there is a row, whatever it was made from.</summary>
    /// <param name="request">Which.</param>
    public bool IsThere(RowRequest request) => Read(request) is not null;

    /// <summary>A row, whatever the versions of its metrics; null where there is none, or one that was made from another recipe or other images.</summary>
    /// <param name="request">Which.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images; null takes a row of any.</param>
    /// <exception cref="UnderpaintException">There is such a row, and the images that it shall be judged by cannot be opened.</exception>
    public ExperimentRow? Find(RowRequest request, Recipe recipe, ExperimentImages? images) =>
        Read(request) is { } row && !ChangesOf(row, request, recipe, images).Any() ? row : null;

    /// <summary>What a row was made from that is another now, such as "recipe"; nothing where there is no row.</summary>
    /// <param name="request">Which.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">There is such a row, and the images that it shall be judged by cannot be opened.</exception>
    public IEnumerable<string> ChangesSince(RowRequest request, Recipe recipe, ExperimentImages images) =>
        Read(request) is { } row ? ChangesOf(row, request, recipe, images) : [];

    /// <summary>Those of a run's rows that are not done.</summary>
    /// <param name="requests">All that are wanted.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images; null takes rows of any.</param>
    /// <exception cref="UnderpaintException">The images that it shall be judged by cannot be opened.</exception>
    public RowRequest[] Missing(IEnumerable<RowRequest> requests, Recipe recipe, ExperimentImages? images) =>
        [.. requests.Where(request => Find(request, recipe, images) is not { } row || (IsModelThere(request, recipe) && OutdatedIn(row, recipe).Any()))];

    /// <summary>The names of the metrics that some of a run's rows lack, or have in another version.</summary>
    /// <param name="requests">All that are wanted.</param>
    /// <param name="recipe">The run's recipe.</param>
    public string[] Outdated(IEnumerable<RowRequest> requests, Recipe recipe) =>
        [.. requests.SelectMany(request => Read(request) is { } row ? OutdatedIn(row, recipe) : []).Distinct()];

    /// <summary>Writes a row.</summary>
    /// <exception cref="UnderpaintException">It cannot be written.</exception>
    public void Write(RowRequest request, ExperimentRow row)
    {
        string file = folder.RowFile(request);
        ExperimentFolder.CreateFor(file);
        AtomicFile.WriteText(file, JsonSerializer.Serialize(row, Json) + "\n");
    }

    private static bool Answers(ExperimentRow row, RowRequest request) =>
        (row.Arm, row.Seed, row.At) == (request.Run.Arm.Name, request.Run.Seed, request.At)
        && (row.On, row.Limit, row.NoiseSeed) == (ExperimentFolder.NameOf(request.Evaluation.On), request.Evaluation.Images, request.Evaluation.Seed)
        && (row.Steps, row.Solver, row.Grid) == (request.Decoding.Steps, DecodingWords.Of(request.Decoding.Solver), DecodingWords.Of(request.Decoding.Grid))
        && row.Codes == DecodingWords.Of(request.Decoding.Kind);

    private static IEnumerable<string> ChangesOf(ExperimentRow row, RowRequest request, Recipe recipe, ExperimentImages? images)
    {
        if (row.Recipe != HashOf(recipe))
            yield return "recipe";
        if (!MayBe(row.TrainingFingerprint, images?.TrainingFingerprint))
            yield return "training images";
        if (!MayBe(row.DataFingerprint, images?.FingerprintOf(request.Evaluation.On)))
            yield return $"{row.On} images";
    }

    private IEnumerable<string> OutdatedIn(ExperimentRow row, Recipe recipe) =>
        measures.MetricsOf(recipe).Where(metric => row.Metrics.GetValueOrDefault(metric.Key)?.Version != metric.Version).Select(metric => metric.Name);

    private bool IsModelThere(RowRequest request, Recipe recipe) =>
        RunFolder.IsRun(folder.RunPath(request.Run)) && File.Exists(request.ModelIn(RunFolder.Open(folder.RunPath(request.Run)), recipe));

    private static bool MayBe(string? then, string? now) => then is null || now is null || then == now;

    private ExperimentRow? Read(RowRequest request)
    {
        string file = folder.RowFile(request);
        try
        {
            return File.Exists(file) && SmallFile.Read(file, MaxBytes) is { } json
                && JsonSerializer.Deserialize<ExperimentRow>(json, Json) is { } row && Answers(row, request) ? row : null;
        }
        catch (JsonException)
        {
            // It is measured anew.
            return null;
        }
    }
}
