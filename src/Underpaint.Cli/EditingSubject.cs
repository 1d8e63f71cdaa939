using Underpaint.Codes.Directions;
using Underpaint.Data;
using Underpaint.Data.Sources;

namespace Underpaint.Cli;

/// <summary>A model, images for it, and directions of its own; <see cref="Dispose"/> closes the images and the model.</summary>
internal sealed record EditingSubject(DiffusionAutoencoder Model, IImageSource Images, DirectionSet Directions) : IDisposable
{
    /// <summary>Opens the images and the directions, then the model, which takes longest.</summary>
    public static EditingSubject Open(string model, string[] images, string directions, string device, string precision)
    {
        IImageSource source = ImageSources.OpenAll(images);
        DiffusionAutoencoder? loaded = null;
        try
        {
            DirectionSet set = DirectionSet.Load(directions);
            loaded = DiffusionAutoencoder.Load(model, device, precision);
            set.Check(loaded.Identity, directions);
            return new(loaded, source, set);
        }
        catch
        {
            loaded?.Dispose();
            source.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        Images.Dispose();
    }
}
