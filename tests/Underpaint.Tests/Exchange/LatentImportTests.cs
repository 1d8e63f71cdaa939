using Underpaint.Codes.Latents;
using Underpaint.Exchange;

namespace Underpaint.Tests.Exchange;

/// <summary>Checkpoints of latent DPMs, with and without the autoencoder that they belong to.</summary>
public sealed class LatentImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Model => _folder.File("faces.safetensors");

    private string Latent => _folder.File("faces-latent.safetensors");

    private static ImportOptions Sized => new() { Settings = ["data.size=16"] };

    [Fact]
    public void A_latent_DPM_checkpoint_becomes_a_model_and_a_latent_model_that_belongs_to_it()
    {
        TestCheckpoint both = new TestCheckpoint(prefix: "model.").And(new(prefix: "ema_model.", first: 1));
        string path = both.WithLatentNetwork("model.latent_net.").WithLatentNetwork("ema_model.latent_net.", first: 2).WithStatistics()
            .With("x_T", 2, 3, 16, 16).WriteSafetensors(_folder.File("last.safetensors"));
        ImportedFiles imported = ModelImport.Run(path, Model);
        Assert.Equal((Model, Latent, "averaged weights"), (imported.Model!.Path, imported.Latent!.Path, imported.Kind));
        Assert.Equal(["live weights", "noise of the sample pictures (x_T)"], imported.LeftOut.Keys.Order());
        Assert.Equal(new TestCheckpoint(first: 1).Values, ModelFile.Read(Model).Values);

        LatentContent latent = LatentFile.Load(Latent);
        Assert.Equal(LatentCheckpoint.Values(first: 2), latent.Weights);
        LatentDescription description = latent.Description;
        Assert.Equal((ModelFile.Describe(Model).Identity, 0, null, 0), (description.Model, description.Codes, description.CodesSha256, description.ImagesSeen));
        Assert.Equal([0, 1, 2, 3, 4, 5], description.Statistics.Mean);
        Assert.Equal([1, 2, 3, 4, 5, 6], description.Statistics.Deviation);
        Assert.Equal(LatentCheckpoint.Sizes, description.Recipe.Network);

        using DiffusionAutoencoder model = DiffusionAutoencoder.Load(Model, "cpu", "float32");
        using LatentModel sampler = LatentModel.Load(Latent, "cpu", steps: 2);
        Assert.Equal(3, ImageSampler.Run(model, sampler, 3, new() { Steps = 2 }).Count());

        ImportedFiles raw = ModelImport.Run(path, _folder.File("raw.safetensors"), new() { Raw = true });
        Assert.Equal(LatentCheckpoint.Values(), LatentFile.Load(raw.Latent!.Path).Weights);
        Assert.Equal(new TestCheckpoint().Values, ModelFile.Read(raw.Model!.Path).Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("latent_net.")]
    [InlineData("ema_model.latent_net.")]
    public void A_latent_network_alone_needs_the_model_that_it_belongs_to(string prefix)
    {
        string path = LatentCheckpoint.Empty().WithLatentNetwork(prefix).WithStatistics().WriteSafetensors(_folder.File("latent.safetensors"));
        Assert.Contains("--model", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, Latent)).Message);
        Assert.Equal((LatentCheckpoint.CodeSize, 3, 5), ModelImport.Preview(path).Latent is { } told ? (told.CodeSize, told.Layers, told.Width) : default);
        ModelImport.Run(new TestCheckpoint().WriteSafetensors(_folder.File("a.safetensors")), Model, Sized);
        ImportedFiles imported = ModelImport.Run(path, Latent, new() { Model = Model });
        Assert.Null(imported.Model);
        Assert.Equal(ModelFile.Describe(Model).Identity, LatentFile.Describe(Latent).Model);
        Assert.Equal(LatentCheckpoint.Values(), LatentFile.Load(Latent).Weights);
    }

    [Fact]
    public void What_a_Lightning_checkpoint_counts_is_the_latent_network_s_training_not_the_autoencoder_s()
    {
        string path = new TestCheckpoint(prefix: "ema_model.").WithLatentNetwork("ema_model.latent_net.").WithStatistics().With("x_T", 2, 3, 16, 16)
            .WriteLightning(_folder.File("last.ckpt"), globalStep: 10, ("batch_size", 64), ("latent_beta_scheduler", "const0.008"), ("latent_znormalize", true));
        ImportedFiles imported = ModelImport.Run(path, Model);
        Assert.Equal((0, 640), (imported.Model!.ImagesSeen, imported.Latent!.ImagesSeen));
        Assert.Equal((640, 64), LatentFile.Describe(Latent) is { } latent ? (latent.ImagesSeen, latent.Recipe.Optimizer.Batch) : default);
    }

    [Theory]
    [InlineData("latent_beta_scheduler", "linear", "noise schedule 'linear'")]
    [InlineData("latent_znormalize", false, "not standardised")]
    public void A_latent_DPM_of_another_kind_is_refused(string key, object value, string problem) => Refused(
        new TestCheckpoint(prefix: "ema_model.").WithLatentNetwork("ema_model.latent_net.").WithStatistics().With("x_T", 2, 3, 16, 16)
            .WriteLightning(_folder.File("bad.ckpt"), globalStep: 10, ("batch_size", 64), (key, value)), problem);

    [Fact]
    public void What_does_not_fit_in_either_network_is_told_at_once()
    {
        TestCheckpoint checkpoint = new TestCheckpoint(prefix: "ema_model.").WithLatentNetwork("ema_model.latent_net.").WithStatistics()
            .Without("out.2.bias", "latent_net.layers.1.norm.bias").With("ema_model.latent_net.layers.2.linear.weight", 7, 7).With("odd", 1);
        Refused(checkpoint.WriteSafetensors(_folder.File("bad.safetensors")), "2 missing (out.2.bias, latent_net.layers.1.norm.bias)",
            "latent_net.layers.2.linear.weight is 7×7 instead of 6×11", "1 unexpected ('odd')");
    }

    [Fact]
    public void One_of_an_embedding_s_two_names_is_enough_but_they_must_not_differ()
    {
        TestCheckpoint checkpoint = new TestCheckpoint().WithLatentNetwork("latent_net.").WithStatistics();
        foreach (string name in checkpoint.Tensors.Keys.Where(name => name.Contains("linear_emb", StringComparison.Ordinal)).ToArray())
            checkpoint.Tensors.Remove(name);
        ModelImport.Run(checkpoint.WriteSafetensors(_folder.File("a.safetensors")), Model, Sized);
        Assert.Equal(LatentCheckpoint.Values(), LatentFile.Load(Latent).Weights);

        TestCheckpoint differing = new TestCheckpoint().WithLatentNetwork("latent_net.").WithStatistics();
        differing.With("latent_net.layers.0.cond_layers.1.bias", 5);
        Refused(differing.WriteSafetensors(_folder.File("bad.safetensors")), "two different tensors");
    }

    [Fact]
    public void Statistics_that_are_missing_or_of_other_codes_are_told()
    {
        Refused(new TestCheckpoint().WithLatentNetwork("latent_net.").WriteSafetensors(_folder.File("bad.safetensors")), "conds_mean is missing; conds_std is missing");
        Refused(new TestCheckpoint().WithLatentNetwork("latent_net.").WithStatistics(size: 7).WriteSafetensors(_folder.File("bad.safetensors")),
            "conds_mean is 1×7 for codes of 6 numbers");
    }

    [Fact]
    public void Nothing_is_written_where_either_part_cannot_be_read()
    {
        TestCheckpoint checkpoint = new TestCheckpoint().WithLatentNetwork("latent_net.").WithStatistics();
        checkpoint.Tensors["latent_net.layers.1.norm.bias"].Values[0] = float.NaN;
        Refused(checkpoint.WriteSafetensors(_folder.File("bad.safetensors")), "no numbers in 1 tensors, such as latent_net.layers.1.norm.bias");
    }

    [Fact]
    public void What_is_something_else_is_not_replaced_by_whatever_name()
    {
        string path = new TestCheckpoint().WithLatentNetwork("latent_net.").WithStatistics().WriteSafetensors(_folder.File("a.safetensors"));
        ModelImport.Run(path, Model, Sized);
        File.Move(Latent, _folder.File("b.safetensors"));
        File.Copy(Model, Latent);
        byte[] before = File.ReadAllBytes(Model);
        Assert.Contains($"{Latent} is there already, and is something else", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, Model, Sized)).Message);
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, _folder.File("b.safetensors"), Sized)).Message);
        Assert.Equal(before, File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_latent_model_beside_the_model_is_replaced_by_the_very_same_only()
    {
        string path = Both(first: 0), others = Both(first: 1);
        ModelImport.Run(path, Model, Sized);
        ModelImport.Run(path, Model, Sized);
        byte[] before = File.ReadAllBytes(Latent);
        File.Delete(Model);
        Assert.Contains($"{Latent} is there already, and is something else", Assert.Throws<UnderpaintException>(() => ModelImport.Run(others, Model, Sized)).Message);
        Assert.Equal(before, File.ReadAllBytes(Latent));
        Assert.False(File.Exists(Model));

        string Both(float first) => new TestCheckpoint().WithLatentNetwork("latent_net.", first).WithStatistics().WriteSafetensors(_folder.File($"{first}.safetensors"));
    }

    private void Refused(string path, params string[] words)
    {
        File.Delete(Model);
        File.Delete(Latent);
        ImportOptions options = Path.GetExtension(path) == ".ckpt" ? new() : Sized;
        string message = Assert.Throws<FileFormatException>(() => ModelImport.Run(path, Model, options)).Message;
        Assert.All(words, word => Assert.Contains(word, message));
        Assert.False(File.Exists(Model) || File.Exists(Latent));
    }
}
