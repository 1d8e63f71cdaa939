using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class TapeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_gradient_passes_through_a_chain_of_operations()
    {
        using var tape = Tape.Record();
        Tensor weight = tensor(new float[] { 3 }, requires_grad: true);
        Value x = tape.Apply(_ => weight * 2);
        Value y = tape.Apply(inputs => inputs[0].square(), x);
        tape.Backward(y, ones(1));
        Assert.Equal(24, weight.grad!.ToSingle());                                           // d(2w)²/dw = 8w
    }

    [Fact]
    public void Gradients_of_a_value_that_is_used_twice_add_up()
    {
        using var tape = Tape.Record();
        Tensor weight = full([1, 1, 1, 1], 3f, requires_grad: true);
        Value x = tape.Apply(_ => weight * 2);
        Value sum = tape.AddInto(tape.Apply(inputs => inputs[0] * 5, x), x);
        Assert.Equal(36, sum.Data.ToSingle());
        tape.Backward(sum, ones(1, 1, 1, 1));
        Assert.Equal(12, weight.grad!.ToSingle());
    }

    [Fact]
    public void What_learns_nothing_gets_no_gradient()
    {
        using var tape = Tape.Record();
        Value constant = Tape.Constant(ones(1));
        tape.Backward(tape.Apply(inputs => inputs[0] * tensor(new float[] { 2 }, requires_grad: true), constant), ones(1));
        Assert.Null(constant.Gradient);
    }

    [Fact]
    public void A_backward_pass_frees_everything_that_was_remembered()
    {
        Tensor weight = ones(4, 4, requires_grad: true), start = ones(1, 1, 4, 4), gradient = ones(1, 1, 4, 4);
        Pass();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Pass();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Pass()
        {
            using var tape = Tape.Record();
            Value x = tape.Apply(inputs => inputs[0].matmul(weight), Tape.Constant(start));
            Value y = tape.AddInto(tape.Apply(inputs => inputs[0] * 2, x), x);
            tape.Backward(y, gradient);
        }
    }

    [Fact]
    public void A_tape_that_is_thrown_away_frees_everything_too()
    {
        Tensor weight = ones(4, 4, requires_grad: true);
        Forget();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Forget();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Forget()
        {
            using var tape = Tape.Record();
            _ = tape.Apply(inputs => inputs[0].relu(), tape.Apply(_ => weight * 2));
        }
    }

    [Fact]
    public void Without_a_tape_values_belong_to_the_dispose_scope()
    {
        using var inner = NewDisposeScope();
        Value y = Tape.None.Apply(inputs => inputs[0] * 2, Tape.Constant(ones(2)));
        Assert.Contains(y.Data, inner.DisposablesView);
        Assert.False(y.WantsGradient);
    }
}
