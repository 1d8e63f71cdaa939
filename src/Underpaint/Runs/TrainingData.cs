using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>The images of a run: those it learns from, and those it is judged by. Dispose it after the run.</summary>
public sealed class TrainingData : IDisposable
{
    private readonly List<IImageSource> _opened;

    private TrainingData(string path, string? validationPath, IImageSource training, IImageSource validation, List<IImageSource> opened)
    {
        Path = ImageSources.FullName(path);
        ValidationPath = validationPath is null ? null : ImageSources.FullName(validationPath);
        (Training, Validation, _opened) = (training, validation, opened);
    }

    /// <summary>What was opened, with its full path, so that the run can be continued from any folder.</summary>
    public string Path { get; }

    /// <summary>Where the validation images were taken from; null when they were held out from <see cref="Path"/>.</summary>
    public string? ValidationPath { get; }

    /// <summary>The images to learn from.</summary>
    public IImageSource Training { get; }

    /// <summary>The images that are never trained on.</summary>
    public IImageSource Validation { get; }

    /// <summary>Opens the images of a run.</summary>
    /// <param name="path">Whatever <see cref="ImageSources.Open"/> takes.</param>
    /// <param name="validationPath">
    /// Other images to judge by; without it, some images of <paramref name="path"/> are held out, as many as the recipe says but
    /// at most a fifth: always the same ones for the same seed.
    /// </param>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="UnderpaintException">There are no images, or too few to hold one out.</exception>
    public static TrainingData Open(string path, string? validationPath, Recipe recipe)
    {
        var opened = new List<IImageSource> { ImageSources.Open(path) };
        try
        {
            if (validationPath is not null)
            {
                opened.Add(ImageSources.Open(validationPath));
                return new(path, validationPath, opened[0], opened[1], opened);
            }
            return Of(path, opened[0], recipe);
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>Holds some images of a source out, which is from now on this object's to dispose.</summary>
    internal static TrainingData Of(string path, IImageSource source, Recipe recipe)
    {
        int count = Math.Max(1, Math.Min(HeldOutBy(recipe), source.Count / 5));
        var (training, validation) = Holdout.Split(source, count, recipe.Seed);
        return new(path, null, training, validation, [source]);
    }

    /// <summary>How many images a recipe asks to hold out, where no others are given to judge by.</summary>
    internal static int HeldOutBy(Recipe recipe) =>
        recipe.Validation.HeldOut > 0 ? recipe.Validation.HeldOut : recipe.Validation.Images;

    /// <summary>What the images at <see cref="Path"/> are, held out ones included: see <see cref="IImageSource.Fingerprint"/>.</summary>
    public string Fingerprint() => _opened[0].Fingerprint();

    /// <summary>What the images at <see cref="ValidationPath"/> are; null where there are none.</summary>
    public string? ValidationFingerprint() => ValidationPath is null ? null : _opened[1].Fingerprint();

    /// <summary>Closes the images.</summary>
    public void Dispose() => _opened.ForEach(source => source.Dispose());
}
