using System.CommandLine;
using Underpaint.Codes.Directions;

namespace Underpaint.Cli;

/// <summary>What is moved and how, as the verbs that move images along directions let it be chosen.</summary>
internal sealed class EditingParameters
{
    /// <summary>The model whose codes move.</summary>
    public Argument<string> Model { get; } = Parameters.Model();

    /// <summary>The images that are moved.</summary>
    public Argument<string[]> Images { get; } = Parameters.Images();

    /// <summary>The file of directions.</summary>
    public Option<string> Directions { get; } = Parameters.Directions();

    /// <summary>What is followed.</summary>
    public Option<string?> Along { get; } = Parameters.Along();

    /// <summary>How the moved codes are decoded.</summary>
    public DecodingParameters Decoding { get; } = new();

    /// <summary>How the stochastic codes are found.</summary>
    public Option<int> InversionSteps { get; } = Parameters.InversionSteps();

    /// <summary>Where it is computed.</summary>
    public Option<string> Device { get; } = Parameters.Device();

    /// <summary>In which type.</summary>
    public Option<string> Precision { get; } = Parameters.Precision();

    /// <summary>What was chosen to be followed; null for the best that the file has.</summary>
    /// <param name="parsed">The command line.</param>
    public DirectionKind? KindIn(ParseResult parsed) => parsed.GetValue(Along) is { } along ? Enum.Parse<DirectionKind>(along, ignoreCase: true) : null;

    /// <summary>Opens what was named; the caller disposes it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UnderpaintException">Something cannot be read, or the directions are another model's.</exception>
    public EditingSubject Open(ParseResult parsed) => EditingSubject.Open(
        parsed.GetValue(Model)!, parsed.GetValue(Images)!, parsed.GetValue(Directions)!, parsed.GetValue(Device)!, parsed.GetValue(Precision)!);
}
