namespace Underpaint.Storage.Torch;

/// <summary>A value that a PyTorch file holds. Nothing of it was executed: what is no plain value is only named.</summary>
public abstract record PickleValue
{
    private protected PickleValue()
    {
    }

    // Of containers: what they hold, each with its name inside the container. Of all others: nothing.
    internal virtual IEnumerable<(string Name, PickleValue Value)> Members => [];

    // Whether it may be the key of a dictionary. Numbers with a fraction are left out, because their hashes can be made to collide,
    // and long texts, because they must be gone through for every dictionary that they are put in.
    internal virtual bool IsKey => false;

    // A key's name in the names of tensors.
    internal virtual string KeyName => throw new InvalidOperationException("This is no key.");
}
