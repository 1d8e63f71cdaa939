namespace Underpaint.Exchange;

/// <summary>What the files of one import are called: the first as the user says, each other beside it with what it is in its name.</summary>
/// <param name="destination">The first file.</param>
internal sealed class ImportNames(string destination)
{
    private bool _isFirst = true;

    /// <summary>The next file: "faces.safetensors", then "faces-latent.safetensors".</summary>
    /// <param name="kind">What it is.</param>
    public string Next(string kind)
    {
        string name = _isFirst ? destination
            : Path.Combine(Path.GetDirectoryName(destination) ?? "", $"{Path.GetFileNameWithoutExtension(destination)}-{kind}{Path.GetExtension(destination)}");
        _isFirst = false;
        return name;
    }
}
