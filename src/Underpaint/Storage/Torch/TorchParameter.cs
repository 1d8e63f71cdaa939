namespace Underpaint.Storage.Torch;

/// <summary>A tensor that was a parameter of a module.</summary>
public sealed record TorchParameter : PickleValue
{
    /// <summary>The tensor. Null only while a file is opened: the oldest ones name the parameter before its tensor.</summary>
    public TorchTensor? Tensor { get; internal set; }
}
