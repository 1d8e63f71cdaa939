using Underpaint.Data;
using Underpaint.Data.Images;

namespace Underpaint.Tests.Data;

public class PixelBatchTests
{
    [Fact]
    public void Images_are_packed_by_channel_then_row_then_column()
    {
        using var source = new MemorySource(10);
        PixelBatch batch = PixelBatch.Load(source, [9, 4], new DataOptions { Size = 2 });
        Assert.Equal((2, 3, 2), (batch.Count, batch.Channels, batch.Size));
        Assert.Equal([9, 4], batch.Indices);
        Assert.Equal([9, 255, 1, 4, 0, 0, 2, 5, 0, 0, 3, 6, 4, 255, 1, 4, 0, 0, 2, 5, 0, 0, 3, 6], batch.Pixels);
    }

    [Fact]
    public void An_image_comes_out_as_it_went_in()
    {
        using var source = new MemorySource(3);
        Assert.Equal(source.Read(1).Pixels, PixelBatch.Load(source, [0, 1], new DataOptions { Size = 2 }).ToImage(1).Pixels);
    }

    [Fact]
    public void An_unreadable_image_is_an_error_in_evaluation()
    {
        using var source = new MemorySource(3, unreadable: 1);
        Assert.Throws<FileFormatException>(() => PixelBatch.Load(source, [0, 1], new DataOptions { Size = 2 }));
    }

    [Fact]
    public void A_batch_beyond_memory_is_refused() =>
        Assert.Contains("smaller batch", Assert.Throws<UnderpaintException>(
            () => PixelBatch.Load(new MemorySource(1), new int[100_000], new DataOptions { Size = 1024 })).Message);
}
