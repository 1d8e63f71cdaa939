using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>The model that imported codes, directions or a latent model belong to.</summary>
/// <param name="Identity">Its <see cref="DiffusionAutoencoder.Identity"/>.</param>
/// <param name="Recipe">Its recipe.</param>
internal sealed record CodeOwner(string Identity, Recipe Recipe)
{
    /// <summary>A model in memory.</summary>
    public static CodeOwner Of(ModelContent model) => new(model.Identity, model.Recipe);

    /// <summary>A model's file; its weights are not read.</summary>
    /// <exception cref="UnderpaintException">It is missing, damaged, or no model of Underpaint.</exception>
    public static CodeOwner Of(string path)
    {
        ModelDescription model = ModelFile.Describe(path);
        return new(model.Identity, model.Recipe);
    }

    /// <summary>Refuses codes of another length than the model's.</summary>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <param name="file">The file that they are in.</param>
    /// <exception cref="FileFormatException">They are.</exception>
    public void Check(int codeSize, string file)
    {
        if (codeSize != Recipe.Model.Code)
            throw new FileFormatException(file, $"is about codes of {codeSize} numbers; the model's have {Recipe.Model.Code}",
                "Give the model that it was made with.");
    }
}
