using System.Globalization;
using System.Text;
using System.Text.Json;
using Underpaint.Data.Labels;
using Underpaint.Storage;
using Underpaint.Storage.Tar;

namespace Underpaint.Data.Sources;

/// <summary>
/// Reads a shard as WebDataset writes it: a tar archive in which files that follow each other and share their name up to its first
/// dot belong together. The image is the one that ends in .jpg, .jpeg, .png or .webp; its class stands in a file that ends in .cls, as a
/// number or a name, or in a .json file under <c>label</c> or <c>cls</c>.
/// </summary>
/// <param name="path">The archive.</param>
/// <param name="file">The same, open.</param>
internal sealed class WebShard(string path, RandomFile file)
{
    private const int MostClassBytes = 256, MostJsonBytes = 1 << 20, MostParts = 1000;
    private static readonly string[] ImageKinds = ["jpg", "jpeg", "png", "webp"];

    /// <summary>All samples that have an image.</summary>
    /// <exception cref="FileFormatException">The archive is damaged, or a sample is not clear.</exception>
    public IEnumerable<WebSample> Samples()
    {
        var parts = new List<(string Kind, TarMember Member)>();
        string? key = null;
        foreach (TarMember member in Members())
        {
            if (Split(member.Name) is not var (next, kind))
                continue;
            if (next != key && SampleOf(key, parts) is { } sample)
                yield return sample;
            if (next != key)
                parts.Clear();
            key = next;
            if (parts.Count == MostParts)
                throw Bad($"has more than {MostParts} files of the name {Quotation.Of(key)}");
            parts.Add((kind, member));
        }
        if (SampleOf(key, parts) is { } last)
            yield return last;
    }

    // Iterators cannot catch what they pass on, so each step is caught.
    private IEnumerable<TarMember> Members()
    {
        using IEnumerator<TarMember> members = TarIndex.Members(file).GetEnumerator();
        while (Next(members))
            yield return members.Current;
    }

    private bool Next(IEnumerator<TarMember> members)
    {
        try
        {
            return members.MoveNext();
        }
        catch (InvalidDataException e)
        {
            throw Bad($"cannot be used: {e.Message}", e);
        }
    }

    // Null for hidden files, and for those without a dot.
    private static (string Key, string Kind)? Split(string name)
    {
        int start = name.LastIndexOf('/') + 1, dot = name.IndexOf('.', start);
        bool isHidden = dot == start || name.StartsWith('.') || name.Contains("/.", StringComparison.Ordinal);
        return dot < 0 || isHidden ? null : (name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }

    private WebSample? SampleOf(string? key, List<(string Kind, TarMember Member)> parts)
    {
        // "1.jpg" is the image of 1; only where there is no such file "1.small.jpg" may be.
        TarMember[] images = [.. parts.Where(part => ImageKinds.Contains(part.Kind)).Select(part => part.Member)];
        if (images.Length == 0)
            images = [.. parts.Where(part => ImageKinds.Contains(LastKind(part.Kind))).Select(part => part.Member)];
        if (images.Length == 0)
            return null;
        return images is [var image]
            ? new(image, LabelOf(parts))
            : throw Bad($"holds {images.Length} images of the name {Quotation.Of(key!)}; which one is meant is not clear");
    }

    private static string LastKind(string kind) => kind[(kind.LastIndexOf('.') + 1)..];

    private ClassLabel LabelOf(List<(string Kind, TarMember Member)> parts)
    {
        foreach (var (kind, member) in parts)
        {
            if (kind == "cls")
                return LabelOfText(member);
        }
        foreach (var (kind, member) in parts)
        {
            if (kind == "json")
                return LabelOfJson(member);
        }
        return ClassLabel.None;
    }

    private ClassLabel LabelOfText(TarMember member)
    {
        string text = Encoding.UTF8.GetString(Read(member, MostClassBytes)).Trim();
        if (text.Length == 0)
            throw Bad($"has the class {Quotation.Of(member.Name)}, which is empty");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? new(number, null) : new(null, text);
    }

    private ClassLabel LabelOfJson(TarMember member)
    {
        byte[] bytes = Read(member, MostJsonBytes);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return ClassLabel.None;
            foreach (string key in (string[])["label", "cls"])
            {
                if (json.RootElement.TryGetProperty(key, out JsonElement value))
                    return LabelOf(value, member);
            }
            return ClassLabel.None;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how half of a surrogate pair is reported.
            throw Bad($"holds {Quotation.Of(member.Name)}, which is no valid JSON: {e.Message.TrimEnd('.')}", e);
        }
    }

    private ClassLabel LabelOf(JsonElement value, TarMember member) => value.ValueKind switch
    {
        JsonValueKind.Null => ClassLabel.None,
        JsonValueKind.String => new(null, value.GetString()),
        JsonValueKind.Number when value.TryGetInt64(out long number) => new(number, null),
        _ => throw Bad($"holds {Quotation.Of(member.Name)}, whose class is neither a whole number nor a name"),
    };

    private byte[] Read(TarMember member, int most)
    {
        if (member.Bytes > most)
            throw Bad($"holds {Quotation.Of(member.Name)} of {member.Bytes:N0} bytes; the limit for classes is {most:N0}");
        var bytes = new byte[member.Bytes];
        file.ReadAt(member.Position, bytes);
        return bytes;
    }

    private FileFormatException Bad(string problem, Exception? inner = null) => new(path, problem, "Make or download the archive anew.", inner);
}
