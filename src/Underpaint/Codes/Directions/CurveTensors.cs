using Underpaint.Codes.Probes;
using Underpaint.Storage;

namespace Underpaint.Codes.Directions;

/// <summary>What a directions file says of its curves besides their tensors.</summary>
/// <param name="ReaderScale">The width of the kernel on codes.</param>
/// <param name="WriterScale">The width of the kernel on attributes.</param>
/// <param name="Explained">The share of held-out codes that attributes explain.</param>
/// <param name="Axes">The attributes, in the order of the directions.</param>
internal sealed record CurveTensors(double ReaderScale, double WriterScale, double Explained, IReadOnlyList<AttributeAxis> Axes)
{
    private const string CodesName = "curves.codes", ReaderName = "curves.reader", AttributesName = "curves.attributes", WriterName = "curves.writer";
    private const int MaxExamples = 1_000_000;

    /// <summary>Describes curves.</summary>
    public static CurveTensors Of(CodeCurves curves) => new(curves.Reader.Scale, curves.Writer.Scale, curves.Explained, curves.Space.Axes);

    /// <summary>The tensors to write.</summary>
    public static IEnumerable<TensorData> Write(CodeCurves curves)
    {
        int count = curves.Examples, size = curves.Reader.Size, attributes = curves.Writer.Size;
        yield return TensorData.Floats(CodesName, [count, size], curves.Reader.Examples);
        yield return TensorData.Floats(ReaderName, [count, attributes], curves.Reader.Weights);
        yield return TensorData.Floats(AttributesName, [count, attributes], curves.Writer.Examples);
        yield return TensorData.Floats(WriterName, [count, size], curves.Writer.Weights);
    }

    /// <summary>Whether it can be true of directions.</summary>
    /// <param name="directions">How many directions there are.</param>
    public bool IsPossible(int directions) => ReaderScale > 0 && WriterScale > 0 && double.IsFinite(ReaderScale) && double.IsFinite(WriterScale) && double.IsFinite(Explained)
        && Axes is not null && Axes.Count == directions && Axes.All(axis => axis is not null && double.IsFinite(axis.Mean) && double.IsFinite(axis.Deviation) && axis.Deviation >= 0
            && double.IsFinite(axis.Low) && axis.Low <= axis.High && double.IsFinite(axis.High) && axis.Relevance is >= 0 and <= 1);

    /// <summary>Reads the curves.</summary>
    /// <param name="file">The directions file.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <param name="read">Reads a tensor of this name and shape, and refuses another.</param>
    public CodeCurves Read(SafetensorsFile file, int codeSize, Func<string, long[], float[]> read)
    {
        long count = file.Tensors.TryGetValue(CodesName, out TensorEntry? codes) && codes.Shape is [> 0 and <= MaxExamples, _] ? codes.Shape[0] : 1;
        var reader = new KernelScore(read(CodesName, [count, codeSize]), read(ReaderName, [count, Axes.Count]), codeSize, ReaderScale);
        var writer = new KernelScore(read(AttributesName, [count, Axes.Count]), read(WriterName, [count, codeSize]), Axes.Count, WriterScale);
        return new(new AttributeSpace(Axes), reader, writer, Explained);
    }
}
