namespace Underpaint.Evaluation;

/// <summary>The ways back from a code to an image.</summary>
public enum ReconstructionKind
{
    /// <summary>The structure image: one network call at the highest noise.</summary>
    StructureImage,

    /// <summary>Decoded from a random stochastic code.</summary>
    RandomStochasticCode,

    /// <summary>Decoded from the stochastic code that the image itself was inverted to.</summary>
    InvertedStochasticCode,
}
