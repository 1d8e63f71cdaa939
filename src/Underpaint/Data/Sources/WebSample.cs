using Underpaint.Data.Labels;
using Underpaint.Storage.Tar;

namespace Underpaint.Data.Sources;

/// <summary>The files of a WebDataset shard that belong together.</summary>
/// <param name="Image">The image's file.</param>
/// <param name="Label">Its class.</param>
internal readonly record struct WebSample(TarMember Image, ClassLabel Label);
