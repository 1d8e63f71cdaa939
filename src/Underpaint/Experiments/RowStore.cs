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
/// as done only where all that it was made from is as it would be now.
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

    /// <summary>A row as JSON, indented.</summary>
    public static JsonSerializerOptions Format => Json;

    /// <summary>The experiment's folder.</summary>
    public ExperimentFolder Folder => folder;

    /// <summary>What models are judged by: rows that lack one of these, or have it in another version, are not done.</summary>
    public LoadedMeasures Measures => measures;

    /// <summary>What the training of a recipe depends on, in 64 hexadecimal digits; neither its name nor when it saves.</summary>
    public static string HashOf(Recipe recipe) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        RecipeWriter.Write(recipe with { Name = "any", Checkpoint = new() }))));

    /// <summary>A row; null where it is not done, or was made from something else.</summary>
    /// <param name="request">Which.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images; null takes a row of any.</param>
    /// <exception cref="UnderpaintException">The images that it shall be judged by cannot be opened.</exception>
    public ExperimentRow? Find(RowRequest request, Recipe recipe, ExperimentImages? images)
    {
        // Looked at also where there is no row yet: images that are not there are told before anything is trained.
        (string? training, string? judged) = (images?.TrainingFingerprint, images?.FingerprintOf(request.Evaluation.On));
        return Trained(request, recipe, training) is { } row && ChangesOf(row, recipe, judged).Length == 0 ? row : null;
    }

    /// <summary>What has changed since a row was made, other than the training: "images", or names of metrics. None where there is no row of this training.</summary>
    /// <param name="request">Which.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">The images that it shall be judged by cannot be opened.</exception>
    public string[] ChangesSince(RowRequest request, Recipe recipe, ExperimentImages images) =>
        Trained(request, recipe, images.TrainingFingerprint) is { } row ? ChangesOf(row, recipe, images.FingerprintOf(request.Evaluation.On)) : [];

    /// <summary>Those of a run's rows that are not done.</summary>
    /// <param name="requests">All that are wanted.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">The images that it shall be judged by cannot be opened.</exception>
    public RowRequest[] Missing(IEnumerable<RowRequest> requests, Recipe recipe, ExperimentImages images) =>
        [.. requests.Where(row => Find(row, recipe, images) is null)];

    /// <summary>Writes a row.</summary>
    /// <exception cref="UnderpaintException">It cannot be written.</exception>
    public void Write(RowRequest request, ExperimentRow row)
    {
        string file = folder.RowFile(request);
        ExperimentFolder.CreateFor(file);
        AtomicFile.WriteText(file, JsonSerializer.Serialize(row, Json) + "\n");
    }

    // A row of the same model decoded in the same way, whatever it was judged by.
    private ExperimentRow? Trained(RowRequest request, Recipe recipe, string? training) =>
        Read(folder.RowFile(request)) is { } row && Answers(row, request) && row.Recipe == HashOf(recipe) && MayBe(row.TrainingFingerprint, training) ? row : null;

    private static bool Answers(ExperimentRow row, RowRequest request) =>
        (row.Arm, row.Seed, row.At) == (request.Run.Arm.Name, request.Run.Seed, request.At)
        && (row.On, row.Limit, row.NoiseSeed) == (ExperimentFolder.NameOf(request.Evaluation.On), request.Evaluation.Images, request.Evaluation.Seed)
        && (row.Steps, row.Solver, row.Grid) == (request.Decoding.Steps, DecodingWords.Of(request.Decoding.Solver), DecodingWords.Of(request.Decoding.Grid))
        && row.Codes == DecodingWords.Of(request.Decoding.Kind);

    private static bool MayBe(string? then, string? now) => then is null || now is null || then == now;

    private string[] ChangesOf(ExperimentRow row, Recipe recipe, string? judged) =>
    [
        .. MayBe(row.DataFingerprint, judged) ? (IEnumerable<string>)[] : ["images"],
        .. measures.MetricsOf(recipe).Where(metric => row.Metrics.GetValueOrDefault(metric.Key)?.Version != metric.Version).Select(metric => metric.Name),
    ];

    private static ExperimentRow? Read(string file)
    {
        try
        {
            return File.Exists(file) && SmallFile.Read(file, MaxBytes) is { } json ? JsonSerializer.Deserialize<ExperimentRow>(json, Json) : null;
        }
        catch (JsonException)
        {
            // It is measured anew.
            return null;
        }
    }
}
