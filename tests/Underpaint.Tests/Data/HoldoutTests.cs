using Underpaint.Data;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data;

public class HoldoutTests
{
    [Fact]
    public void Every_image_is_in_exactly_one_part()
    {
        using var all = new MemorySource(20);
        (SubsetSource training, SubsetSource validation) = Holdout.Split(all, 6, seed: 3);
        Assert.Equal((14, 6), (training.Count, validation.Count));
        Assert.Equal(Enumerable.Range(0, 20), Indices(training).Concat(Indices(validation)).Order());
        Assert.Equal(Indices(validation).Order(), Indices(validation));
    }

    [Fact]
    public void The_seed_decides_the_split()
    {
        using var all = new MemorySource(200);
        Assert.Equal(Indices(Holdout.Split(all, 50, 1).Validation), Indices(Holdout.Split(all, 50, 1).Validation));
        Assert.NotEqual(Indices(Holdout.Split(all, 50, 1).Validation), Indices(Holdout.Split(all, 50, 2).Validation));
    }

    [Fact]
    public void A_part_passes_on_names_and_labels()
    {
        using var part = new SubsetSource(new MemorySource(10), [7, 2]);
        Assert.Equal(("image 7", 1), (part.NameOf(0), part.LabelOf(0)));
        Assert.Equal(["even", "odd"], part.LabelNames);
        Assert.Equal("2 of the 10 images of memory", part.Description);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Holding_all_images_out_is_refused(int count) =>
        Assert.Contains("Hold fewer images out",
            Assert.Throws<UnderpaintException>(() => Holdout.Split(new MemorySource(5), count, 0)).Message);

    private static int[] Indices(SubsetSource source) =>
        [.. Enumerable.Range(0, source.Count).Select(i => (int)source.Read(i).Pixels[0])];
}
