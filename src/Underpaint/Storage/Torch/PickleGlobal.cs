namespace Underpaint.Storage.Torch;

/// <summary>The name, and no more, of a class, a function or a constant in Python, such as <c>torch.float16</c>.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Name">The name inside the module.</param>
public sealed record PickleGlobal(string Module, string Name) : PickleValue
{
    internal override bool IsKey => true;

    internal override string KeyName => $"{Module}.{Name}";
}
