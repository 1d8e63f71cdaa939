namespace Underpaint.Reports;

/// <summary>A cell of a table of results.</summary>
/// <param name="Text">What stands there.</param>
/// <param name="Interval">Where a figure may really lie; empty for none.</param>
internal readonly record struct ResultCell(string Text, string Interval = "")
{
    public static implicit operator ResultCell(string text) => new(text);

    /// <summary>Both in one line.</summary>
    public override string ToString() => Interval.Length > 0 ? $"{Text} {Interval}" : Text;
}
