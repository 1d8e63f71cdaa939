namespace Underpaint.Networks;

/// <summary>What every block of the decoder is told besides the image.</summary>
/// <param name="Time">SiLU of the time embedding, (N, time width).</param>
/// <param name="Code">SiLU of the code, (N, code).</param>
/// <param name="Dropout">Which activations are dropped; null drops none.</param>
internal readonly record struct Conditioning(Value Time, Value Code, Dropout? Dropout);
