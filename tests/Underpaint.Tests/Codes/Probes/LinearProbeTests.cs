using Underpaint.Codes.Probes;

namespace Underpaint.Tests.Codes.Probes;

public sealed class LinearProbeTests
{
    private const int Classes = 5, Size = 12;

    [Fact]
    public void Classes_that_lie_apart_are_told_apart_and_meaningless_ones_are_not()
    {
        var (train, labels) = Clouds(500, distance: 6, seed: 1);
        var (test, testLabels) = Clouds(200, distance: 6, seed: 2);
        Assert.True(LinearProbe.Accuracy(train, labels, test, testLabels) > 0.97);
        Assert.True(NearestNeighbors.Accuracy(train, labels, test, testLabels) > 0.97);
        int[] random = [.. labels.Select((_, i) => i * 7 % 11 % Classes)];
        Assert.InRange(LinearProbe.Accuracy(train, random, test, testLabels), 0.05, 0.4);
    }

    [Fact]
    public void Neither_probe_depends_on_the_unit_of_any_number_of_the_code()
    {
        var (train, labels) = Clouds(300, distance: 2, seed: 1);
        var (test, testLabels) = Clouds(300, distance: 2, seed: 2);
        float[] Scaled(float[] codes) => [.. codes.Select((value, i) => value * (1 << i % Size) + i % Size)];
        Assert.Equal(LinearProbe.Accuracy(train, labels, test, testLabels), LinearProbe.Accuracy(Scaled(train), labels, Scaled(test), testLabels), 0.01);
        Assert.Equal(NearestNeighbors.Accuracy(train, labels, test, testLabels), NearestNeighbors.Accuracy(Scaled(train), labels, Scaled(test), testLabels), 0.01);
    }

    [Fact]
    public void A_linear_probe_needs_a_line_and_neighbours_do_not()
    {
        // A class in the middle and one on a ring around it.
        float[] codes = [.. Enumerable.Range(0, 200).SelectMany(i => new[] { MathF.Cos(i), MathF.Sin(i) }.Select(value => value * (i % 2 == 0 ? 1 : 4)))];
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 2)];
        Assert.Equal(1, NearestNeighbors.Accuracy(codes, labels, codes, labels));
        Assert.True(LinearProbe.Accuracy(codes, labels, codes, labels) < 0.7);
    }

    [Fact]
    public void Neighbours_are_the_nearest_ones()
    {
        float[] known = [0, 1, 2, 3, 10, 11, 12];
        int[] labels = [0, 0, 0, 0, 1, 1, 1];
        Assert.Equal(1, NearestNeighbors.Accuracy(known, labels, [1.4f, 11.2f], [0, 1], neighbors: 3));
        Assert.Equal(0.5, NearestNeighbors.Accuracy(known, labels, [1.4f, 11.2f], [0, 1], neighbors: 10));
        // One vote each: the nearer one decides.
        Assert.Equal(1, NearestNeighbors.Accuracy([0, 1], [0, 1], [0.4f, 0.6f], [0, 1], neighbors: 2));
    }

    [Fact]
    public void A_class_that_was_not_trained_on_counts_as_wrong_and_sizes_must_fit()
    {
        Assert.Equal(0.5, LinearProbe.Accuracy([0, 1, 10, 11], [0, 0, 1, 1], [0, 10], [0, 9]));
        Assert.Throws<ArgumentException>(() => LinearProbe.Accuracy([0, 1, 2], [0, 1], [0], [0]));
        Assert.Throws<ArgumentException>(() => LinearProbe.Accuracy([0, 1], [0, 1], [0, 1], [0]));
        Assert.Throws<ArgumentException>(() => NearestNeighbors.Accuracy([0, 1], [0, -1], [0], [0]));
    }

    private static (float[] Codes, int[] Labels) Clouds(int count, double distance, long seed)
    {
        var random = new RandomSource(seed, "cloud");
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % Classes)];
        return ([.. labels.SelectMany(label => Enumerable.Range(0, Size).Select(i => (float)(random.NextGaussian() + (i == label ? distance : 0))))], labels);
    }
}
