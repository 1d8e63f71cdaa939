using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>How numbers are stored in memory; the kernels compute in float32 whatever it is.</summary>
/// <typeparam name="TSelf">One stored number.</typeparam>
internal interface IElement<TSelf>
    where TSelf : unmanaged, IElement<TSelf>
{
    /// <summary>The 16 numbers from <paramref name="offset"/> elements after <paramref name="start"/>.</summary>
    static abstract Vector512<float> Load(ref readonly TSelf start, nuint offset);

    /// <summary>Writes 16 numbers there, rounded to nearest even.</summary>
    static abstract void Store(Vector512<float> values, ref TSelf start, nuint offset);

    /// <summary>e^x, as exact as what is stored so can show.</summary>
    static abstract Vector512<float> Exp(Vector512<float> x);

    /// <summary>1 / (1 + e^−x), as exact as what is stored so can show.</summary>
    static abstract Vector512<float> Sigmoid(Vector512<float> x);

    /// <summary>The stored number.</summary>
    static abstract float ToSingle(TSelf element);

    /// <summary>The nearest number that can be stored.</summary>
    static abstract TSelf FromSingle(float value);
}
