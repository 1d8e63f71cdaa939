using System.Globalization;
using Underpaint.Codes;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to make of a latent.pkl: a code file.</summary>
internal sealed class CodesPlan
{
    private readonly ITensorFile _file;
    private readonly string _name;
    private readonly int _count;

    /// <summary>Looks at its shape; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="tensors">All of it.</param>
    /// <exception cref="FileFormatException">It has another shape than codes have.</exception>
    public CodesPlan(ITensorFile file, OfficialTensors tensors)
    {
        (_file, _name) = (file, tensors.Find(OfficialPart.Codes)!);
        IReadOnlyList<long> shape = file.Shapes.First(tensor => tensor.Key == _name).Value;
        if (shape is not [>= 1 and <= int.MaxValue and var count, >= 1 and <= int.MaxValue and var codeSize] || count * codeSize > Array.MaxLength)
            throw new FileFormatException(file.Path, $"has codes in a tensor of {string.Join('×', shape)} numbers, where images × numbers belong", ImportPlan.Remedy);
        (_count, CodeSize) = ((int)count, (int)codeSize);
    }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize { get; }

    /// <summary>Reads the codes.</summary>
    /// <param name="owner">The model that made them.</param>
    /// <exception cref="UnderpaintException">They are no numbers, or cannot be read.</exception>
    public ICodeSource Read(CodeOwner owner)
    {
        float[] codes = _file.ReadFloats(_name);
        return new Source(_file.Path, OriginOf(codes, owner), codes);
    }

    /// <summary>Tells the plan.</summary>
    /// <param name="path">The file that is made, or the file that it is made of.</param>
    public ImportedCodes Describe(string path) => new(path, _count, CodeSize);

    // The images are known by their order only; no source of images has this fingerprint.
    private CodeOrigin OriginOf(float[] codes, CodeOwner owner) => new()
    {
        Model = owner.Identity,
        CodeSize = CodeSize,
        ImageSize = owner.Recipe.Data.Size,
        Channels = owner.Recipe.Data.Channels,
        Data = $"images that {Path.GetFileName(_file.Path)} does not tell",
        Fingerprint = NumberHash.Of(codes),
        Images = _count,
        First = 0,
        End = _count,
    };

    private sealed class Source(string path, CodeOrigin origin, float[] codes) : ICodeSource
    {
        public string Path => path;

        public CodeOrigin Origin => origin;

        public IReadOnlyList<string> LabelNames => [];

        public int Count => origin.Images;

        public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
        {
            for (int first = 0; first < Count; first += rows)
            {
                int[] indices = [.. Enumerable.Range(first, Math.Min(rows, Count - first))];
                yield return new()
                {
                    Indices = indices,
                    Files = Array.ConvertAll(indices, index => index.ToString(CultureInfo.InvariantCulture)),
                    Labels = Array.ConvertAll(indices, _ => -1),
                    Codes = parts.HasFlag(CodeParts.Codes) ? codes[(first * origin.CodeSize)..((first + indices.Length) * origin.CodeSize)] : [],
                };
            }
        }

        public void Dispose()
        {
        }
    }
}
