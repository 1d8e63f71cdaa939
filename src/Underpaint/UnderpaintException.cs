namespace Underpaint;

/// <summary>
/// A failure that the user can act on. The message is one paragraph: what happened, where, and what to do now.
/// Everything that the library throws because of files, data, recipes or the machine is of this type.
/// </summary>
public class UnderpaintException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="what">What happened and where, as a full sentence.</param>
    /// <param name="remedy">What the user can do now, as a full sentence.</param>
    /// <param name="inner">The cause, if another error led to this one.</param>
    public UnderpaintException(string what, string remedy, Exception? inner = null)
        : base($"{what} {remedy}", inner)
    {
        What = what;
        Remedy = remedy;
    }

    /// <summary>What happened and where.</summary>
    public string What { get; }

    /// <summary>What the user can do now.</summary>
    public string Remedy { get; }
}
