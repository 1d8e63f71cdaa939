using System.Text.Json;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Tests.Golden;

/// <summary>A network with the weights of shared/golden/diffae, and what the official code makes of its inputs.</summary>
internal sealed class GoldenModel : IDisposable
{
    private readonly SafetensorsFile _io;

    public GoldenModel(string model, Precision precision = Precision.Float32)
    {
        JsonElement config = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("golden", "diffae", model, "config.json"))).RootElement;
        int[] Ints(string key) => [.. config.GetProperty(key).EnumerateArray().Select(value => value.GetInt32())];
        int Int(string key) => config.GetProperty(key).GetInt32();
        var options = new ModelOptions
        {
            Channels = Int("ch"),
            Multipliers = Ints("mult"),
            Blocks = Int("nrb"),
            AttentionAt = Ints("attn"),
            Code = Int("style"),
            EncoderMultipliers = Ints("enc_mult"),
            EncoderBlocks = Int("enc_nrb"),
            TimeEmbedding = Int("embed"),
            Heads = Int("heads"),
            Groups = 32,
        };
        Network = new(options, Int("img"), 3, precision);
        ParameterOrder = [.. config.GetProperty("parameter_order").EnumerateArray().Select(name => name.GetString()!)];
        using SafetensorsFile weights = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", model, "weights.safetensors"));
        Network.Weights.Allocate();
        Network.Weights.Load(WeightTensors.Read(weights, Network.Weights));
        _io = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", model, "io.safetensors"));
    }

    public AutoencoderNetwork Network { get; }

    public string[] ParameterOrder { get; }

    public Tensor this[string name]
    {
        get
        {
            TensorEntry entry = _io.Tensors[name];
            return tensor(_io.ReadFloats(name)).view([.. entry.Shape]);
        }
    }

    public IEnumerable<string> Tensors(string prefix) =>
        _io.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

    public Weight Named(string name) => Network.Weights.All.Single(weight => weight.Name == name);

    public Tensor Codes() => Network.Encode(this["x"]);

    public Tensor PredictNoise(Tensor codes) => Network.Predict(this["x_t"], Times(), codes);

    public Tensor Follow(Tensor start, IReadOnlyList<NoiseLevel> levels, Action<int, Tensor>? onImage = null)
    {
        Tensor codes = Codes();
        return Ddim.Follow((noisy, level) => Network.Predict(noisy, full(noisy.size(0), (float)level.Time), codes),
            Prediction.Noise, start, levels, onImage: onImage);
    }

    public void Dispose()
    {
        Network.Dispose();
        _io.Dispose();
    }

    public Tensor Times()
    {
        TensorEntry entry = _io.Tensors["t"];
        var bytes = new byte[entry.Length];
        _io.ReadBytes("t", bytes);
        return tensor(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).ToArray()).to(ScalarType.Float32);
    }
}
