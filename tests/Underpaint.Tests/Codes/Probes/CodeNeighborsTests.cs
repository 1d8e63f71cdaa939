using Underpaint.Codes.Probes;

namespace Underpaint.Tests.Codes.Probes;

public class CodeNeighborsTests
{
    [Fact]
    public void The_nearest_come_first_and_of_equally_near_ones_the_first()
    {
        var known = new CodeNeighbors([0, 0, 1, 1, 2, 2, 1, 1], codeSize: 2);
        Assert.Equal([1, 3, 0], known.Find([1, 1], 3).Select(neighbor => neighbor.Place));
        Assert.Equal(4, known.Find([1, 1], 9).Count);
    }

    [Fact]
    public void A_distance_is_in_standard_deviations_of_the_codes()
    {
        float[] codes = [0, 0, 10, 100];
        CodeNeighbor nearest = new CodeNeighbors(codes, 2).Find([0, 100], 1)[0];
        // Two numbers a and b have the standard deviation |a − b| / √2, so one of the two numbers is √2 deviations away.
        Assert.Equal(1, nearest.Distance, 1e-6);
    }

    [Fact]
    public void The_usual_distance_leaves_a_code_itself_out()
    {
        Assert.Equal(0, new CodeNeighbors([1, 2], 2).UsualDistance());
        Assert.Equal(0, new CodeNeighbors([1, 1, 2, 2], 1).UsualDistance());
        Assert.Equal(Math.Sqrt(2), new CodeNeighbors([0, 1], 1).UsualDistance(), 1e-6);
    }
}
