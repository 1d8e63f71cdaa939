namespace Underpaint.Storage.Torch;

/// <summary>True or false.</summary>
/// <param name="Value">Which of them.</param>
public sealed record PickleBoolean(bool Value) : PickleValue
{
    internal override bool IsKey => true;

    internal override string KeyName => $"{Value}";
}
