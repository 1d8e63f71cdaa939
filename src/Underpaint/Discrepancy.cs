namespace Underpaint;

/// <summary>What two things of the same parts differ in, for messages: "steps 10, not 20; seed 0, not 3".</summary>
internal static class Discrepancy
{
    // As much of a checksum as tells it from others.
    private const int Shown = 12;

    /// <summary>Tells all parts that differ; empty where none does. Where one of the two does not know a part, there is no difference.</summary>
    /// <param name="there">The parts of what is there, each with what it is called; null for one that is not known.</param>
    /// <param name="here">The same parts, in the same order, of what is wanted.</param>
    public static string Between(IEnumerable<(string What, string? Value)> there, IEnumerable<(string What, string? Value)> here) =>
        string.Join("; ", there.Zip(here).Where(pair => pair.First.Value is { } value && pair.Second.Value is { } wanted && value != wanted)
            .Select(pair => $"{pair.First.What} {Short(pair.First.Value!)}, not {Short(pair.Second.Value!)}"));

    private static string Short(string value) => value.Length > Shown ? value[..Shown] + "…" : value;
}
