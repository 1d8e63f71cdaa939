namespace Underpaint.Storage.Torch;

/// <summary>Python's <c>None</c>.</summary>
public sealed record PickleNone : PickleValue
{
    private PickleNone()
    {
    }

    /// <summary>The only one.</summary>
    public static PickleNone Instance { get; } = new();

    internal override bool IsKey => true;

    internal override string KeyName => "None";
}
