using System.Text.Encodings.Web;

namespace Underpaint.Storage;

/// <summary>Names that come from a file, in error messages.</summary>
internal static class Quotation
{
    private const int MaxLength = 80;

    /// <summary>A name, short and harmless enough for a message.</summary>
    public static string Of(string name) =>
        $"'{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name.Length <= MaxLength ? name : name[..MaxLength] + '…')}'";
}
