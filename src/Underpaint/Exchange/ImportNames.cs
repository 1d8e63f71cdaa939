using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What the files of one import are called: the first as the user says, each other beside it with what it is in its name.</summary>
/// <param name="destination">The first file.</param>
/// <param name="inputs">The files that are read, which must stay.</param>
internal sealed class ImportNames(string destination, params string?[] inputs)
{
    private bool _isFirst = true;

    /// <summary>The next file: "faces.safetensors", then "faces-latent.safetensors".</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="isOfKind">Whether a file that is there already is the same: only then it is replaced. Default: that is looked at later.</param>
    /// <exception cref="UnderpaintException">It would replace what is read, or something else.</exception>
    public string Next(string kind, Func<string, bool>? isOfKind = null)
    {
        string name = _isFirst ? destination
            : Path.Combine(Path.GetDirectoryName(destination) ?? "", $"{Path.GetFileNameWithoutExtension(destination)}-{kind}{Path.GetExtension(destination)}");
        _isFirst = false;
        OutputFile.CheckIsNone(name, inputs.OfType<string>());
        if (isOfKind is not null)
            OutputFile.CheckKind(name, isOfKind);
        return name;
    }
}
