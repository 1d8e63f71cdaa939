using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;

namespace Underpaint.Codes.Attributes;

/// <summary>The known factors of the built-in images as attributes.</summary>
public static class OrnamentAttributes
{
    /// <summary>
    /// An attribute for each factor: of a class one for each of its values ("shape=star"), of a circular factor its cosine and sine
    /// ("hue-cos", "hue-sin"), which lie on lines.
    /// </summary>
    /// <param name="codes">Codes of these images.</param>
    /// <param name="ornaments">The images.</param>
    /// <exception cref="UnderpaintException">The codes are of other images.</exception>
    public static LabelledCodes Of(CodeTable codes, Ornaments ornaments)
    {
        if (codes.Origin.Fingerprint != ((IImageSource)ornaments).Fingerprint())
            throw new UnderpaintException($"{codes.Path} holds codes of {codes.Origin.Data}, not of {ornaments.Description}.",
                "Name the images as they were named for `underpaint encode`.");
        OrnamentFactors[] factors = [.. codes.Rows.Indices.Select(ornaments.FactorsOf)];
        return new(codes, [.. OrnamentFactor.All.SelectMany(factor => Of(factor, [.. factors.Select(factor.ValueOf)]))]);
    }

    private static IEnumerable<AttributeValues> Of(OrnamentFactor factor, double[] values)
    {
        switch (factor.Kind)
        {
            case OrnamentFactorKind.Class:
                int[] labels = [.. values.Select(value => (int)value)];
                return labels.Distinct().Order().Select(label => LabelledCodes.IsLabel(AttributeNames.OfClass(factor.Name, factor.ClassNames[label]), labels, label, factor.Name));
            case OrnamentFactorKind.Circular:
                double[] angles = [.. values.Select(value => 2 * Math.PI * (value - factor.Low) / (factor.High - factor.Low))];
                return
                [
                    new(AttributeNames.OfCosine(factor.Name), [.. angles.Select(Math.Cos)], IsBinary: false) { Factor = factor.Name },
                    new(AttributeNames.OfSine(factor.Name), [.. angles.Select(Math.Sin)], IsBinary: false) { Factor = factor.Name },
                ];
            default:
                return [new(factor.Name, values, IsBinary: false)];
        }
    }
}
