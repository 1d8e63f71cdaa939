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
    /// <exception cref="UnderpaintException">It would replace what is read.</exception>
    public string Next(string kind)
    {
        string name = _isFirst ? destination
            : Path.Combine(Path.GetDirectoryName(destination) ?? "", $"{Path.GetFileNameWithoutExtension(destination)}-{kind}{Path.GetExtension(destination)}");
        _isFirst = false;
        OutputFile.CheckIsNone(name, inputs.OfType<string>());
        return name;
    }

    /// <summary>Refuses to replace anything but the same: most of these names the user never said, and what has one may be hours of work.</summary>
    /// <param name="name">The file; null where none is to be written.</param>
    /// <param name="isSame">Whether a file holds what is to be written; one that cannot be understood does not.</param>
    /// <exception cref="UnderpaintException">Something else is there.</exception>
    public static void Check(string? name, Func<string, bool> isSame)
    {
        if (name is not null)
            OutputFile.CheckKind(name, isSame);
    }
}
