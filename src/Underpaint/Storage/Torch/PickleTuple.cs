using System.Globalization;

namespace Underpaint.Storage.Torch;

/// <summary>A tuple; also a <c>torch.Size</c>.</summary>
/// <param name="Items">What it holds, in order.</param>
public sealed record PickleTuple(IReadOnlyList<PickleValue> Items) : PickleValue
{
    internal static PickleTuple Empty { get; } = new([]);

    internal override IEnumerable<(string Name, PickleValue Value)> Members =>
        Items.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item));
}
