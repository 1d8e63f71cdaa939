using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Tests.Evaluation;

public class DecodingTests
{
    [Fact]
    public void All_ways_begin_with_the_structure_image_which_is_one_step_from_noise() => Assert.Equal(
        ["structure image", "5 steps", "20 steps", "5 steps, ddim", "20 steps, ddim"],
        Names(Decoding.All([20, 1, 5, 5], [Solver.DpmSolver, Solver.Ddim], TimeGrid.LogSnr)));

    [Fact]
    public void One_step_from_an_image_s_own_stochastic_code_is_another_picture() => Assert.Equal(
        ["structure image", "4 steps, ddim, uniform", "1 step, ddim, uniform, inverted", "4 steps, ddim, uniform, inverted"],
        Names(Decoding.All([1, 4], [Solver.Ddim], TimeGrid.Uniform, inverted: true)));

    [Fact]
    public void A_grid_without_a_name_has_its_exponent() =>
        Assert.Equal("2 steps, power-3.5", new Decoding { Steps = 2, Grid = TimeGrid.Power(3.5) }.Name);

    private static IEnumerable<string> Names(IEnumerable<Decoding> decodings) => decodings.Select(decoding => decoding.Name);
}
