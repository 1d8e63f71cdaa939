namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// Takes a picture apart by the size of its details (Burt and Adelson 1983): each band is what halving the picture loses, and the last
/// is the halved picture that remains. Binomial filter 1 4 6 4 1; the picture is mirrored at its borders.
/// </summary>
internal static class LaplacianPyramid
{
    /// <summary>The bands, coarsest first; the finest has the plane's own size, each coarser one half of it, rounded up.</summary>
    /// <param name="plane">The picture; no halving may begin with fewer than 3 pixels.</param>
    /// <param name="halvings">How often to halve: one less than the number of bands.</param>
    public static Plane[] Of(Plane plane, int halvings)
    {
        var bands = new Plane[halvings + 1];
        for (int band = halvings; band > 0; band--)
        {
            Plane halved = Halve(plane);
            Plane blurred = Double(halved, plane.Width, plane.Height), sharp = plane;
            bands[band] = Plane.Fill(plane.Width, plane.Height, (x, y) => sharp[x, y] - blurred[x, y]);
            plane = halved;
        }
        bands[0] = plane;
        return bands;
    }

    /// <summary>The picture at half its size.</summary>
    public static Plane Halve(Plane plane) => HalveAndTurn(HalveAndTurn(plane));

    /// <summary>A halved picture at its former size.</summary>
    public static Plane Double(Plane halved, int width, int height) => DoubleAndTurn(DoubleAndTurn(halved, width), height);

    /// <summary>Filters along x and exchanges x and y, so that a second call filters along y and restores the order.</summary>
    private static Plane HalveAndTurn(Plane plane) => Plane.Fill(plane.Height, (plane.Width + 1) / 2, (y, half) =>
    {
        return (At(-2) + 4 * At(-1) + 6 * At(0) + 4 * At(1) + At(2)) / 16;

        double At(int offset) => plane[Mirror(2 * half + offset, plane.Width), y];
    });

    private static Plane DoubleAndTurn(Plane halved, int width) => Plane.Fill(halved.Height, width, (y, x) =>
    {
        return x % 2 == 0 ? (At(-2) + 6 * At(0) + At(2)) / 8 : (At(-1) + At(1)) / 2;

        double At(int offset) => halved[Mirror(x + offset, width) / 2, y];
    });

    private static int Mirror(int position, int length)
    {
        int inside = Math.Abs(position);
        return inside < length ? inside : 2 * (length - 1) - inside;
    }
}
