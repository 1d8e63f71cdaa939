using System.Globalization;
using System.Numerics;

namespace Underpaint.Storage.Torch;

/// <summary>A whole number.</summary>
/// <param name="Value">The number; at most 256 bytes long.</param>
public sealed record PickleInteger(BigInteger Value) : PickleValue
{
    internal override bool IsKey => true;

    internal override string KeyName => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A hash that nobody can predict: otherwise a file could choose keys that all fall into one place of a dictionary.
    /// </summary>
    public override int GetHashCode() => HashCode.Combine(Value);

    /// <summary>Whether it is the same number.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(PickleInteger? other) => other is not null && Value == other.Value;
}
