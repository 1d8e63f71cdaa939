using System.Collections.Concurrent;
using TorchSharp;
using Underpaint.Data;
using Underpaint.Machine;
using Underpaint.Training;

namespace Underpaint.Tests;

public sealed class DiffusionAutoencoderTests : IDisposable
{
    private readonly ComputeDevice _device = Tiny.Device with { Threads = 2 };
    private readonly BatchStream _stream;
    private readonly Trainer _trainer;

    public DiffusionAutoencoderTests()
    {
        TorchLibrary.Load();
        _stream = new(Tiny.Images(), Tiny.Recipe.Data, Tiny.Recipe.Optimizer.Batch, Tiny.Recipe.Seed);
        _trainer = new(Tiny.Recipe, _stream, _device);
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _stream.Dispose();
    }

    [Fact]
    public void A_look_during_training_uses_its_threads_and_leaves_them_alive()
    {
        using var own = new DiffusionAutoencoder(_trainer.Average, Tiny.Recipe, imagesSeen: 0, _device.Threads, ownsNetwork: false);
        float[] expected = Decode(own);
        using (var look = new DiffusionAutoencoder(_trainer.Average, Tiny.Recipe, imagesSeen: 0, _trainer.Workers))
            Assert.Equal(expected, Decode(look));
        var threads = new ConcurrentBag<string?>();
        _trainer.Workers.Run(2, (_, _, _) => threads.Add(Thread.CurrentThread.Name));
        Assert.Contains("Worker 1", threads);
        _ = _trainer.Step();
    }

    [Fact]
    public void Threads_that_share_a_model_get_what_each_would_get_alone()
    {
        using var model = new DiffusionAutoencoder(_trainer.Average, Tiny.Recipe, imagesSeen: 0, _device.Threads, ownsNetwork: false);
        float[] alone = Decode(model);
        float[][] together = new float[4][];
        Parallel.For(0, together.Length, i => together[i] = Decode(model));
        Assert.All(together, decoded => Assert.Equal(alone, decoded));
    }

    [Fact]
    public void Batches_that_do_not_belong_together_are_refused_by_their_shapes()
    {
        using var model = new DiffusionAutoencoder(_trainer.Average, Tiny.Recipe, imagesSeen: 0, _trainer.Workers);
        using var codes = new CodeBatch(torch.zeros(3, model.CodeSize));
        using var others = new CodeBatch(torch.zeros(3, model.CodeSize + 1));
        using var none = new CodeBatch(torch.zeros(0, model.CodeSize));
        using StochasticCodeBatch more = model.DrawStochasticCodes(4);
        using ImageBatch images = ImageBatch.Load("ornaments:2", model.Recipe.Data);
        Assert.Contains("4 × ", Assert.Throws<UnderpaintException>(() => model.Decode(codes, start: more)).Message, StringComparison.Ordinal);
        Assert.Contains($"3 × {model.CodeSize + 1}", Assert.Throws<UnderpaintException>(() => model.Decode(others)).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<UnderpaintException>(() => model.Decode(none)).Message, StringComparison.Ordinal);
        Assert.Contains("2 × ", Assert.Throws<UnderpaintException>(() => model.Denoise(images, codes, more, 0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_it_twice_does_nothing_and_using_it_afterwards_is_an_error()
    {
        var model = new DiffusionAutoencoder(_trainer.Average, Tiny.Recipe, imagesSeen: 0, _device.Threads, ownsNetwork: false);
        using var codes = new CodeBatch(torch.zeros(3, model.CodeSize));
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Decode(codes));
    }

    private static float[] Decode(DiffusionAutoencoder model)
    {
        using var codes = new CodeBatch(torch.zeros(3, model.CodeSize));
        using ImageBatch images = model.Decode(codes, steps: 2);
        return images.Tensor.contiguous().data<float>().ToArray();
    }
}
