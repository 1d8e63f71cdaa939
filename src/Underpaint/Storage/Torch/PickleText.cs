namespace Underpaint.Storage.Torch;

/// <summary>A text. Never use one as a path.</summary>
/// <param name="Value">The text.</param>
public sealed record PickleText(string Value) : PickleValue
{
    internal override bool IsKey => Value.Length <= TorchFormat.MaxKeyLength;

    internal override string KeyName => Value;
}
