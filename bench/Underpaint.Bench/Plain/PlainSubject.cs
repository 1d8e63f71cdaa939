using TorchSharp.Modules;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;
using Underpaint.Networks;
using Underpaint.Runs;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>The plain network, trained and used as in any tutorial: one batch, one optimiser, one loop over the parameters.</summary>
internal sealed class PlainSubject : ISpeedSubject
{
    private const double AverageDecay = 0.9999;

    private readonly BatchStream _stream;
    private readonly PlainNetwork _network;
    private readonly PlainNetwork _average;
    private readonly Parameter[] _parameters;
    private readonly Adam _optimizer;
    private readonly Tensor _images;
    private readonly Tensor _codes;
    private readonly int _steps;

    public PlainSubject(SpeedOptions options)
    {
        ModelPreset preset = options.Preset;
        var data = new DataOptions { Size = preset.ImageSize };
        var images = new Ornaments(SpeedSubject.ImageCount, preset.ImageSize);
        _stream = new(images, data, options.TrainBatch, seed: 0);
        _network = new(preset.Model, preset.ImageSize, data.Channels);
        _average = new(preset.Model, preset.ImageSize, data.Channels);
        _average.load_state_dict(_network.state_dict());
        _average.eval();
        _parameters = [.. _network.parameters()];
        _optimizer = optim.Adam(_parameters, lr: 1e-4);
        _images = ToTensor(PixelBatch.Load(images, [.. Enumerable.Range(0, options.InferenceBatch)], data)).DetachFromDisposeScope();
        _codes = EncodeImages().DetachFromDisposeScope();
        _steps = options.Steps;
    }

    public long Parameters => _parameters.Sum(parameter => parameter.numel());

    public void TrainStep()
    {
        using var scope = NewDisposeScope();
        Tensor images = ToTensor(_stream.Next()), noise = randn_like(images);
        Tensor times = rand(images.shape[0]);
        Tensor angle = ((times * (Math.PI / 2)).tan() / 4).atan().view(-1, 1, 1, 1);
        Tensor alpha = angle.cos(), sigma = angle.sin();

        Tensor codes = _network.Encoder.forward(images);
        Tensor output = _network.forward(alpha * images + sigma * noise, times * 1000, codes);
        Tensor loss = nn.functional.mse_loss(output, alpha * noise - sigma * images);

        _optimizer.zero_grad();
        loss.backward();
        _ = nn.utils.clip_grad_norm_(_parameters, 1);
        _ = _optimizer.step();
        UpdateAverage();
    }

    public void Encode() => EncodeImages().Dispose();

    public void Decode()
    {
        using var scope = NewDisposeScope();
        _ = PlainDdim.Decode(_average, _codes, randn_like(_images), _steps);
    }

    public void Dispose()
    {
        _codes.Dispose();
        _images.Dispose();
        _optimizer.Dispose();
        _average.Dispose();
        _network.Dispose();
        _stream.Dispose();
    }

    private void UpdateAverage()
    {
        using var noGradients = no_grad();
        foreach (var (slow, fast) in _average.parameters().Zip(_parameters))
            slow.mul_(AverageDecay).add_(fast, alpha: 1 - AverageDecay);
    }

    private Tensor EncodeImages()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return _average.Encoder.forward(_images).MoveToOuterDisposeScope();
    }

    private static Tensor ToTensor(PixelBatch batch)
    {
        using var scope = NewDisposeScope();
        return (tensor(batch.Pixels).to(ScalarType.Float32) / 127.5 - 1)
            .view(batch.Count, batch.Channels, batch.Size, batch.Size).MoveToOuterDisposeScope();
    }
}
