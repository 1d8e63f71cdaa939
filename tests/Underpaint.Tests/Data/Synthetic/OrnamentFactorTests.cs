using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Data.Synthetic;

public class OrnamentFactorTests
{
    private static readonly Ornaments Images = new(int.MaxValue, 32);

    [Fact]
    public void Seven_factors_are_structure_and_five_are_detail()
    {
        Assert.Equal(["shape", "x", "y", "size", "hue", "background-hue", "background-tone"],
            OrnamentFactor.All.Where(f => !f.IsDetail).Select(f => f.Name));
        Assert.Equal(["texture", "frequency", "phase", "orientation", "grain"],
            OrnamentFactor.All.Where(f => f.IsDetail).Select(f => f.Name));
    }

    [Fact]
    public void Only_classes_have_class_names_one_for_each_value()
    {
        Assert.All(OrnamentFactor.All, f =>
            Assert.Equal(f.Kind == OrnamentFactorKind.Class ? (int)f.High + 1 : 0, f.ClassNames.Count));
        Assert.Equal(["stripes", "checks", "dots", "waves"], OrnamentFactor.All.Single(f => f.Name == "texture").ClassNames);
    }

    [Fact]
    public void Setting_a_factor_changes_it_and_no_other() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (a, b) =>
        {
            (OrnamentFactors from, OrnamentFactors to) = (Images.FactorsOf(a.Get), Images.FactorsOf(b.Get));
            return OrnamentFactor.All.All(changed =>
            {
                OrnamentFactors edited = changed.With(from, changed.ValueOf(to));
                return edited.GrainSeed == from.GrainSeed && OrnamentFactor.All.All(f =>
                    Math.Abs(f.ValueOf(edited) - f.ValueOf(f == changed ? to : from)) < 1e-9);
            });
        }));

    [Fact]
    public void Circular_values_are_wrapped_into_the_range() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value => OrnamentFactor.All
            .Where(f => f.Kind == OrnamentFactorKind.Circular)
            .All(f =>
            {
                double wrapped = f.ValueOf(f.With(new OrnamentFactors(), value.Get));
                return wrapped >= f.Low && wrapped < f.High;
            })));

    [Fact]
    public void A_whole_turn_changes_nothing()
    {
        OrnamentFactor hue = OrnamentFactor.All.Single(f => f.Name == "hue");
        Assert.Equal(350, hue.With(new OrnamentFactors(), -10).Hue, 1e-9);
        Assert.Equal(10, hue.With(new OrnamentFactors(), 730).Hue, 1e-9);
        Assert.Equal(0, hue.With(new OrnamentFactors(), -1e-300).Hue);
    }

    [Theory]
    [InlineData("x", 0.7)]
    [InlineData("size", 0.1)]
    [InlineData("grain", -0.01)]
    [InlineData("frequency", double.NaN)]
    [InlineData("phase", double.PositiveInfinity)]
    [InlineData("shape", 6)]
    [InlineData("texture", 0.5)]
    public void A_value_outside_the_range_is_refused(string name, double value)
    {
        OrnamentFactor factor = OrnamentFactor.All.Single(f => f.Name == name);
        var error = Assert.Throws<UnderpaintException>(() => factor.With(new OrnamentFactors(), value));
        Assert.Contains($"\"{name}\"", error.What);
        Assert.StartsWith("Choose a value from", error.Remedy);
    }
}
