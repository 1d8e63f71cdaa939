using Underpaint.Storage.Torch;

namespace Underpaint.Storage;

/// <summary>Opens a file of named tensors that others wrote, be it a PyTorch file or safetensors.</summary>
internal static class AnyTensorFile
{
    private const string Extension = ".safetensors";

    // A safetensors file has eight bytes of length before its JSON; neither kind of PyTorch file has this byte there.
    private const int JsonStart = 8;

    /// <summary>Opens a file by what it begins with; by its name only where that does not tell.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">It is of neither format, is damaged, or is refused: see <see cref="TorchFile.Open"/>.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static ITensorFile Open(string path) => IsSafetensors(path) ? SafetensorsFile.Open(path) : TorchFile.Open(path);

    private static bool IsSafetensors(string path)
    {
        using var file = new RandomFile(path, "Give a PyTorch or safetensors file.");
        Span<byte> start = stackalloc byte[JsonStart + 1];
        if (file.Length < start.Length)
            return string.Equals(Path.GetExtension(path), Extension, StringComparison.OrdinalIgnoreCase);
        file.ReadAt(0, start);
        bool isTorch = start.StartsWith("PK"u8) || (start[0] == (byte)PickleOpcode.Proto && start[JsonStart] != (byte)'{');
        return !isTorch && (start[JsonStart] == (byte)'{'
            || string.Equals(Path.GetExtension(path), Extension, StringComparison.OrdinalIgnoreCase));
    }
}
