namespace Underpaint.Codes;

/// <summary>What codes and directions belong to: one model, which its weights and its recipe make.</summary>
internal static class ModelIdentity
{
    /// <summary>Its hexadecimal digits.</summary>
    public const int Length = 64;

    private const int Shown = 12;

    /// <summary>Refuses what belongs to another model.</summary>
    /// <param name="model">The identity of the model at hand.</param>
    /// <param name="identity">The identity of the model that something belongs to.</param>
    /// <param name="file">Where that something comes from, for the message.</param>
    /// <exception cref="FileFormatException">It does.</exception>
    public static void Check(string model, string identity, string file)
    {
        if (identity != model)
            throw new FileFormatException(file,
                $"belongs to another model ({identity[..Shown]}…; this one is {model[..Shown]}…)",
                "Use the model that it was made with, or encode the images with this one.");
    }

    /// <summary>Whether a text can be an identity: 64 hexadecimal digits.</summary>
    public static bool IsPossible(string identity) => identity.Length == Length && identity.All(char.IsAsciiHexDigitLower);
}
