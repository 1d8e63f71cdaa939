namespace Underpaint.Storage.Torch;

/// <summary>What a pickle may name, and what becomes of it: the only door from a pickle to anything but plain values.</summary>
internal interface IPickleObjects
{
    /// <summary>A name; refused unless it is known to be harmless.</summary>
    PickleValue Name(string module, string name);

    /// <summary>What a function, or a class that is made anew, gives for these arguments.</summary>
    PickleValue Call(PickleValue function, PickleValue arguments);

    /// <summary>Gives an object its state.</summary>
    void Build(PickleValue target, PickleValue state);

    /// <summary>What lies outside the pickle under an identity.</summary>
    PickleValue Load(PickleValue identity);
}
