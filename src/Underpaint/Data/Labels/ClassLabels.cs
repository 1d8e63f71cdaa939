namespace Underpaint.Data.Labels;

/// <summary>Gathers the classes of images one after the other: numbers, or names, which are numbered in ordinal order.</summary>
/// <param name="path">Where they come from, for messages.</param>
internal sealed class ClassLabels(string path)
{
    private const int None = -1;
    private readonly List<int> _labels = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private int _highest = None;

    /// <summary>Adds the next image's class.</summary>
    /// <exception cref="FileFormatException">It cannot be one, or is a name where others are numbers.</exception>
    public void Add(ClassLabel label)
    {
        if (label.Text is { } text)
            _labels.Add(AddText(text));
        else
            _labels.Add(AddNumber(label.Number ?? None));
        if (_highest >= 0 && _texts.Count > 0)
            throw Bad("gives some images a class by number and others by name");
    }

    /// <summary>The classes' names and each image's class.</summary>
    /// <param name="names">The names by number; null where they are not known.</param>
    /// <returns>No names and null when no image has a class.</returns>
    /// <exception cref="FileFormatException">There are fewer names than classes.</exception>
    public SourceLabels Finish(IReadOnlyList<string>? names)
    {
        if (_texts.Count > 0)
            return OfTexts();
        if (_highest < 0)
            return SourceLabels.None;
        if (names is not null && _highest >= names.Count)
            throw Bad($"uses the class {_highest}, but has {names.Count} names of classes");
        return new(names ?? [.. Enumerable.Range(0, _highest + 1).Select(label => $"{label}")], [.. _labels]);
    }

    private int AddNumber(long number)
    {
        if (number >= DatasetJson.MaxClasses)
            throw Bad($"has the class {number}; the highest is {DatasetJson.MaxClasses - 1}");
        int label = number < 0 ? None : (int)number;
        _highest = Math.Max(_highest, label);
        return label;
    }

    private int AddText(string text)
    {
        if (_texts.TryGetValue(text, out int known))
            return known;
        if (_texts.Count == DatasetJson.MaxClasses)
            throw Bad($"has more than {DatasetJson.MaxClasses} classes");
        return _texts[text] = _texts.Count;
    }

    private SourceLabels OfTexts()
    {
        string[] names = [.. _texts.Keys.Order(StringComparer.Ordinal)];
        int[] places = [.. _texts.OrderBy(text => text.Value).Select(text => Array.BinarySearch(names, text.Key, StringComparer.Ordinal))];
        return new(names, [.. _labels.Select(label => label < 0 ? None : places[label])]);
    }

    private FileFormatException Bad(string problem) => new(path, problem, "Mend its labels, or leave them out.");
}
