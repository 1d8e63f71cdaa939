using Underpaint.Codes.Latents;

namespace Underpaint.Cli.Inspections;

/// <summary>What a latent model's file says about itself.</summary>
internal static class LatentInspection
{
    private const int IdentityShown = 12;

    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, string path, bool json)
    {
        LatentDescription latent = LatentFile.Describe(path);
        if (json)
            WriteJson(terminal, path, latent);
        else
            WriteText(terminal, latent);
    }

    private static void WriteJson(Terminal terminal, string path, LatentDescription latent) => terminal.WriteJson(new
    {
        Kind = "latent model",
        Path = path,
        latent.CodeSize,
        latent.Model,
        latent.Data,
        latent.Codes,
        latent.ImagesSeen,
        Layers = latent.Recipe.Network.Layers,
        Width = latent.Recipe.Network.WidthFor(latent.CodeSize),
    });

    private static void WriteText(Terminal terminal, LatentDescription latent)
    {
        var facts = new FactTable();
        facts.Add("latent model", $"of codes of {latent.CodeSize} numbers; {latent.Recipe.Network.Layers} layers of {latent.Recipe.Network.WidthFor(latent.CodeSize)}");
        string codes = latent.Codes > 0 ? Wording.Count(latent.Codes, "code") : "codes";
        facts.Add("trained on", $"{codes} of {latent.Data}{(latent.ImagesSeen > 0 ? $", {Wording.Images(latent.ImagesSeen)} seen" : "")}");
        facts.Add("model", $"{latent.Model[..IdentityShown]}…");
        facts.Write(terminal);
    }
}
