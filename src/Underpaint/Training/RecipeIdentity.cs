using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Underpaint.Data.Images;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>
/// Which model it is. The same weights are another model with other heads, another crop or another schedule: it sees, encodes or decodes otherwise.
/// </summary>
internal static class RecipeIdentity
{
    /// <summary>SHA-256 of the weights' checksum and of all that a recipe adds to what the weights compute, in hexadecimal digits.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="imagesSeen">How far the training was: it decodes as the phase before does.</param>
    /// <param name="checksum">SHA-256 of the weights.</param>
    public static string Of(Recipe recipe, long imagesSeen, string checksum) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', checksum, InWords(recipe.Data), InWords(recipe.Model), InWords(new PhasePlan(recipe).Before(imagesSeen).Phase)))));

    // Written out rather than taken from the recipe's JSON: a key that is new there must not make another model of every earlier one.
    private static string InWords(DataOptions data) => Invariant($"images {data.Size} {data.Color} {data.Crop}");

    private static string InWords(ModelOptions model) => Invariant(
        $"""
        decoder {model.Channels} [{List(model.Multipliers)}] {model.Blocks}
        encoder {model.Code} [{List(model.EncoderMultipliers)}] {model.EncoderBlocks}
        both [{List(model.AttentionAt)}] {model.TimeWidth} {model.Heads} {model.Groups}
        """);

    private static string InWords(Phase phase) => Invariant($"decoding {phase.Schedule.Kind} {phase.Schedule.Shift:R} {phase.Predict}");

    private static string List(IEnumerable<int> numbers) => string.Join(',', numbers);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n");
}
