using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>
/// Finished pieces of judging a model, in the folder <c>evaluations</c> beside it, so that a comparison that was interrupted goes on and
/// one that is asked for again is there at once. A piece is found by all that its figures depend on, so an outdated one is never used.
/// </summary>
internal sealed class EvaluationStore
{
    /// <summary>The most bytes of a piece, so that a damaged one cannot take all memory: some 18 000 images of 32×32 pixels, 3 000 of 256×256.</summary>
    public const int MaxBytes = 24 << 20;

    private const int NameLength = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _folder;
    private readonly Action<string> _onNote;

    /// <param name="modelFile">The model's file.</param>
    /// <param name="onNote">Told when a piece cannot be kept.</param>
    public EvaluationStore(string modelFile, Action<string> onNote)
    {
        _folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelFile))!, "evaluations");
        _onNote = onNote;
    }

    /// <summary>The piece with this key; null where there is none, or none that can be read.</summary>
    /// <param name="key">All that its figures depend on.</param>
    /// <param name="vectors">The measures that it must have figures of.</param>
    public StoredEvaluation? Find(JsonObject key, params IEnumerable<string> vectors)
    {
        try
        {
            string path = PathOf(key);
            if (!File.Exists(path) || SmallFile.Read(path, MaxBytes) is not { } bytes)
                return null;
            StoredEvaluation? stored = JsonSerializer.Deserialize<StoredEvaluation>(bytes, Json);
            return stored is not null && JsonNode.DeepEquals(stored.Key, key) && vectors.All(name => Has(stored, name)) ? stored : null;
        }
        // A JsonObject reports a key that it has twice by the second of these, and one that is no text by the third.
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or UnderpaintException)
        {
            // A damaged piece is measured again.
            return null;
        }
    }

    /// <summary>Keeps a piece; where that fails, or it is too large to be read again, it is told, and only the next comparison suffers.</summary>
    public void Save(StoredEvaluation piece)
    {
        try
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(piece, Json);
            if (bytes.Length > MaxBytes)
            {
                _onNote($"Figures cannot be kept in {_folder}, so they would have to be measured again: "
                    + $"those of so many images take more than {MaxBytes >> 20} MiB.");
                return;
            }
            Directory.CreateDirectory(_folder);
            AtomicFile.Write(PathOf(piece.Key), stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is UnderpaintException || DiskError.Is(e))
        {
            _onNote($"Figures cannot be kept in {_folder}, so they would have to be measured again: {e.Message}");
        }
    }

    private static bool Has(StoredEvaluation piece, string name) =>
        piece.Vectors.GetValueOrDefault(name) is [{ Length: > 0 } first, ..] vectors && vectors.All(vector => vector?.Length == first.Length);

    private string PathOf(JsonObject key)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(key.ToJsonString()));
        return Path.Combine(_folder, Convert.ToHexStringLower(hash)[..NameLength] + ".json");
    }
}
