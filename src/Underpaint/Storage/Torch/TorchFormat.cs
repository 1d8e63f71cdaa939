namespace Underpaint.Storage.Torch;

/// <summary>What a PyTorch file may be, and the errors of one that is not.</summary>
internal static class TorchFormat
{
    /// <summary>The most bytes of all pickles of a file, which hold everything but the tensors' elements.</summary>
    public const int MaxPickleBytes = 64 << 20;

    /// <summary>The most instructions of a pickle; a tensor takes about forty.</summary>
    public const int MaxInstructions = 500_000;

    /// <summary>The most bytes of a whole number.</summary>
    public const int MaxIntegerBytes = 256;

    /// <summary>The longest key of a dictionary or a storage, in characters. Keys are gone through again and again.</summary>
    public const int MaxKeyLength = 4096;

    /// <summary>The longest name of a module, a class or a function.</summary>
    public const int MaxGlobalBytes = 256;

    /// <summary>
    /// The most that functions may make, in characters of texts and sixteenths of items: one short instruction can ask again
    /// and again for a long text or list to be made into something else.
    /// </summary>
    public const int MaxMade = 16 << 20;

    /// <summary>How deep lists, tuples and dictionaries may lie in each other.</summary>
    public const int MaxDepth = 100;

    /// <summary>The most tensors.</summary>
    public const int MaxTensors = 100_000;

    /// <summary>The most dimensions of a tensor.</summary>
    public const int MaxRank = 64;

    /// <summary>The most bytes between the first and the last element of a tensor that does not lie in one piece.</summary>
    public const int MaxSpreadBytes = 256 << 20;

    /// <summary>What to do about a file that is not what it should be.</summary>
    public const string Remedy = "Fetch or export the file again: it is damaged, or no PyTorch file that can be read.";

    /// <summary>
    /// The most bytes that all tensors of a file may take together when each is read once. Tensors may share and repeat
    /// elements, which lets a small file stand for any amount.
    /// </summary>
    /// <param name="fileLength">The file's length in bytes.</param>
    public static UInt128 MostTensorBytes(long fileLength) => (64UL << 20) + 8 * (UInt128)(ulong)fileLength;

    /// <summary>The error for a broken rule.</summary>
    public static FileFormatException Broken(string file, string problem, Exception? inner = null) =>
        new(file, problem, Remedy, inner);
}
