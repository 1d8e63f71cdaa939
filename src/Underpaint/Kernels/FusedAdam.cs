using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>Adam with decoupled weight decay in one pass over memory.</summary>
internal static class FusedAdam
{
    /// <summary>Updates the weights and their moments. All spans are equally long.</summary>
    /// <param name="values">The weights, changed in place.</param>
    /// <param name="first">Averages of the gradients, changed in place.</param>
    /// <param name="second">Averages of the squared gradients, changed in place.</param>
    /// <param name="gradients">The gradients.</param>
    /// <param name="step">The settings.</param>
    public static void Update(
        Span<float> values, Span<float> first, Span<float> second, ReadOnlySpan<float> gradients, in AdamStep step)
    {
        int length = values.Length;
        if (first.Length != length || second.Length != length || gradients.Length != length)
            throw new ArgumentException("Weights, moments and gradients are not equally many.");

        int rest = length % Vector512<float>.Count, whole = length - rest;
        UpdateWhole(values[..whole], first[..whole], second[..whole], gradients[..whole], step);
        if (rest > 0)
            UpdateRest(values[whole..], first[whole..], second[whole..], gradients[whole..], step);
    }

    /// <summary>The sum of squares, added up in float64 in an order that depends on the length alone.</summary>
    /// <param name="values">The numbers.</param>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        int whole = values.Length / Vector512<float>.Count * Vector512<float>.Count;
        Vector512<double> lower = Vector512<double>.Zero, upper = Vector512<double>.Zero;
        for (int i = 0; i < whole; i += Vector512<float>.Count)
        {
            var numbers = Vector512.LoadUnsafe(ref start, (nuint)i);
            Vector512<double> low = Vector512.WidenLower(numbers), high = Vector512.WidenUpper(numbers);
            lower = Vector512.FusedMultiplyAdd(low, low, lower);
            upper = Vector512.FusedMultiplyAdd(high, high, upper);
        }
        double sum = Vector512.Sum(lower + upper);
        foreach (float value in values[whole..])
            sum += (double)value * value;
        return sum;
    }

    private static void UpdateWhole(
        Span<float> values, Span<float> first, Span<float> second, ReadOnlySpan<float> gradients, in AdamStep step)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        ref float m = ref MemoryMarshal.GetReference(first), v = ref MemoryMarshal.GetReference(second);
        ref float gradient = ref MemoryMarshal.GetReference(gradients);
        var scale = Broadcast(step.GradientScale);
        Vector512<float> beta1 = Broadcast(step.Beta1), rest1 = Broadcast(1 - step.Beta1);
        Vector512<float> beta2 = Broadcast(step.Beta2), rest2 = Broadcast(1 - step.Beta2);
        Vector512<float> kept = Broadcast(1 - step.LearningRate * step.WeightDecay);
        Vector512<float> rate = Broadcast(-step.LearningRate / step.FirstCorrection);
        Vector512<float> correction = Broadcast(1 / Math.Sqrt(step.SecondCorrection)), epsilon = Broadcast(step.Epsilon);
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> g = Vector512.LoadUnsafe(ref gradient, i) * scale;
            Vector512<float> newM = Fma(Vector512.LoadUnsafe(ref m, i), beta1, g * rest1);
            Vector512<float> newV = Fma(Vector512.LoadUnsafe(ref v, i), beta2, g * g * rest2);
            Vector512<float> divisor = Fma(Vector512.Sqrt(newV), correction, epsilon);
            Vector512<float> newValue = Fma(Vector512.LoadUnsafe(ref value, i), kept, rate * newM / divisor);
            newM.StoreUnsafe(ref m, i);
            newV.StoreUnsafe(ref v, i);
            newValue.StoreUnsafe(ref value, i);
        }
    }

    // What is left is filled up with zeros to one vector: the same arithmetic wherever a weight stands.
    private static void UpdateRest(
        Span<float> values, Span<float> first, Span<float> second, ReadOnlySpan<float> gradients, in AdamStep step)
    {
        int count = Vector512<float>.Count;
        Span<float> memory = stackalloc float[4 * count];
        memory.Clear();
        values.CopyTo(memory);
        first.CopyTo(memory[count..]);
        second.CopyTo(memory[(2 * count)..]);
        gradients.CopyTo(memory[(3 * count)..]);
        UpdateWhole(memory[..count], memory.Slice(count, count), memory.Slice(2 * count, count), memory.Slice(3 * count, count), step);
        memory[..values.Length].CopyTo(values);
        memory.Slice(count, first.Length).CopyTo(first);
        memory.Slice(2 * count, second.Length).CopyTo(second);
    }

    private static Vector512<float> Broadcast(double value) => Vector512.Create((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);
}
