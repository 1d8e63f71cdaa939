using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Data;

public class BatchStreamTests
{
    private static readonly DataOptions Options = new() { Size = 2 };

    [Fact]
    public void Every_epoch_shows_every_image_once_in_an_order_of_its_own()
    {
        using var stream = new BatchStream(new MemorySource(12), Options, batch: 4, seed: 5);
        int[] first = Indices(stream, 3), second = Indices(stream, 3);
        Assert.Equal(Enumerable.Range(0, 12), first.Order());
        Assert.Equal(Enumerable.Range(0, 12), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_stream_that_starts_anywhere_goes_on_as_one_that_came_there()
    {
        var cases = from seed in Gen.Choose(0, 1000)
                    from count in Gen.Choose(1, 9)
                    from batch in Gen.Choose(1, 11)
                    from position in Gen.Choose(0, 60)
                    select (seed, count, batch, position);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var source = new MemorySource(c.count, unreadable: c.count > 2 ? [1] : []);
            using var fromStart = new BatchStream(source, Options, batch: 1, c.seed);
            using var fromThere = new BatchStream(source, Options, c.batch, c.seed, c.position, workers: 2);
            byte[] all = Pixels(fromStart, c.position + 2 * c.batch);
            return all.AsSpan(c.position * 12).SequenceEqual(Pixels(fromThere, 2));
        }));
    }

    [Fact]
    public void About_half_of_the_images_are_mirrored()
    {
        using var stream = new BatchStream(new MemorySource(1), Options, batch: 1000, seed: 0);
        PixelBatch batch = stream.Next();
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => batch.ToImage(i).Pixels[0] == 255), 450, 550);
    }

    [Fact]
    public void No_image_is_mirrored_unless_asked()
    {
        using var stream = new BatchStream(new MemorySource(1), Options with { Flip = false }, batch: 100, seed: 0);
        PixelBatch batch = stream.Next();
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(0, batch.ToImage(i).Pixels[0]));
    }

    [Fact]
    public void The_position_counts_images_handed_out()
    {
        using var stream = new BatchStream(new MemorySource(5), Options, batch: 3, seed: 0, position: 6);
        Assert.Equal(6, stream.Position);
        Assert.Equal(6, stream.Next().Position);
        Assert.Equal(9, stream.Next().Position);
        Assert.Equal(12, stream.Position);
    }

    [Fact]
    public void An_unreadable_image_is_replaced_by_the_next_of_the_order_and_reported_once()
    {
        int[] order = new RandomSource(5, "shuffle", 0).NextOrder(4);
        using var stream = new BatchStream(new MemorySource(4, unreadable: order[3]), Options, batch: 4, seed: 5);
        var reported = new List<SkippedImage>();
        stream.ImageSkipped += reported.Add;
        Assert.Equal([order[0], order[1], order[2], order[0]], stream.Next().Indices);
        _ = Indices(stream, 20);
        SkippedImage skipped = Assert.Single(stream.Skipped);
        Assert.Equal((order[3], $"image {order[3]}"), (skipped.Index, skipped.Name));
        Assert.Contains("is damaged", skipped.Reason);
        Assert.Equal([skipped], reported);
    }

    [Fact]
    public void A_corrupt_photo_among_good_ones_is_skipped()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 5; i++)
            File.WriteAllBytes(folder.File($"{i}.png"), i == 2 ? TestImages.Png()[..40] : TestImages.Png());
        using var source = new FolderSource(folder.Path);
        using var stream = new BatchStream(source, Options, batch: 5, seed: 0);
        Assert.DoesNotContain(2, Indices(stream, 4));
        Assert.Equal("2.png", Assert.Single(stream.Skipped).Name);
    }

    [Fact]
    public void A_disk_that_fails_is_an_error_and_no_image_is_skipped_for_it()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 5; i++)
            File.WriteAllBytes(folder.File($"{i}.png"), TestImages.Png());
        using FileStream held = HeldFile.Hold(folder.File("2.png"));
        using var source = new FolderSource(folder.Path);
        using var stream = new BatchStream(source, Options, batch: 5, seed: 0);
        Assert.Contains("2.png", Assert.Throws<UnderpaintException>(stream.Next).What);
        Assert.Empty(stream.Skipped);
    }

    [Fact]
    public void When_no_image_can_be_read_every_call_says_so()
    {
        using var stream = new BatchStream(new MemorySource(3, 0, 1, 2), Options, batch: 2, seed: 0);
        Assert.Contains("Not one of the 3 images", Assert.Throws<UnderpaintException>(stream.Next).Message);
        Assert.Throws<UnderpaintException>(stream.Next);
        Assert.Equal(0, stream.Position);
        Assert.Equal(3, stream.Skipped.Count);
    }

    [Fact]
    public void No_more_than_the_asked_batches_are_prepared_ahead()
    {
        using var source = new MemorySource(100);
        var stream = new BatchStream(source, Options, batch: 2, seed: 0, ahead: 3);
        _ = stream.Next();
        SpinWait.SpinUntil(() => source.Reads >= 8, TimeSpan.FromSeconds(5));
        Thread.Sleep(20);
        Assert.Equal(8, source.Reads);
        stream.Dispose();
    }

    [Fact]
    public void A_disposed_stream_has_stopped_reading()
    {
        using var source = new MemorySource(100) { Delay = TimeSpan.FromMilliseconds(10) };
        var stream = new BatchStream(source, Options, batch: 5, seed: 0, ahead: 1000);
        _ = stream.Next();
        stream.Dispose();
        int reads = source.Reads;
        Thread.Sleep(20);
        Assert.Equal(reads, source.Reads);
        Assert.InRange(reads, 5, 4_000);
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(stream.Next);
    }

    private static int[] Indices(BatchStream stream, int batches) =>
        [.. Enumerable.Range(0, batches).SelectMany(_ => stream.Next().Indices)];

    private static byte[] Pixels(BatchStream stream, int batches) =>
        [.. Enumerable.Range(0, batches).SelectMany(_ => stream.Next().Pixels)];
}
