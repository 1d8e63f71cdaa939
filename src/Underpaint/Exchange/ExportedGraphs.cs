namespace Underpaint.Exchange;

/// <summary>What an export as ONNX wrote.</summary>
/// <param name="Encoder">The graph of the encoder.</param>
/// <param name="Denoiser">The graph of one network call of the decoder.</param>
/// <param name="Latent">The graph of one network call of the latent model; null where none was given.</param>
/// <param name="Directions">The directions; null where none were given.</param>
public sealed record ExportedGraphs(string Encoder, string Denoiser, string? Latent, string? Directions);
