using Underpaint.Codes;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>Mean and deviation of codes as official files have them: by these, codes are standardised.</summary>
internal sealed class OfficialStatistics
{
    private readonly ITensorFile _file;
    private readonly string _mean;
    private readonly string _deviation;

    private OfficialStatistics(ITensorFile file, string mean, string deviation, int codeSize) =>
        (_file, _mean, _deviation, CodeSize) = (file, mean, deviation, codeSize);

    /// <summary>Numbers in a code.</summary>
    public int CodeSize { get; }

    /// <summary>Finds them; no tensor is read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tensors">All of it.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <exception cref="FileFormatException">They are missing or of another length.</exception>
    public static OfficialStatistics Of(ITensorFile file, OfficialTensors tensors, int codeSize)
    {
        string[] problems = [.. new[] { OfficialPart.CodeMean, OfficialPart.CodeDeviation }.Select(part => ProblemOf(file, tensors, part, codeSize)).OfType<string>()];
        return problems.Length == 0
            ? new(file, tensors.Find(OfficialPart.CodeMean)!, tensors.Find(OfficialPart.CodeDeviation)!, codeSize)
            : throw new FileFormatException(file.Path, $"does not tell by what codes are standardised: {string.Join("; ", problems)}",
                "Give the checkpoint as the official code wrote it, or add both from latent.pkl.");
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="UnderpaintException">They cannot be, or cannot be read.</exception>
    public CodeStatistics Read()
    {
        var statistics = new CodeStatistics(ReadDoubles(_mean), ReadDoubles(_deviation));
        return statistics.IsPossible
            ? statistics
            : throw new FileFormatException(_file.Path, $"has a mean or a deviation of codes ({_mean}, {_deviation}) that cannot be", ImportPlan.Remedy);
    }

    private double[] ReadDoubles(string name) => Array.ConvertAll(_file.ReadFloats(name), value => (double)value);

    private static string? ProblemOf(ITensorFile file, OfficialTensors tensors, string part, int codeSize)
    {
        if (tensors.Find(part) is not { } name)
            return $"{part} is missing";
        IReadOnlyList<long> shape = file.Shapes.First(tensor => tensor.Key == name).Value;
        return shape.SequenceEqual([codeSize]) || shape.SequenceEqual([1, codeSize]) ? null : $"{part} is {string.Join('×', shape)} for codes of {codeSize} numbers";
    }
}
