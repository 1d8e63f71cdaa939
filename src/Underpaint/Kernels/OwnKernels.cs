using TorchSharp;
using static TorchSharp.torch;

namespace Underpaint.Kernels;

/// <summary>Where our kernels compute: on the CPU, whose memory they read. Elsewhere libtorch's operations do the same.</summary>
internal static class OwnKernels
{
    [ThreadStatic]
    private static bool _areLeftOut;

    /// <summary>Whether our kernels may compute with a tensor.</summary>
    public static bool Fit(Tensor x) => x.device_type == DeviceType.CPU && !_areLeftOut;

    /// <summary>Leaves them out on this thread until disposed, so that what other devices compute can be tested on the CPU.</summary>
    internal static IDisposable LeaveOut()
    {
        _areLeftOut = true;
        return new Return();
    }

    private sealed class Return : IDisposable
    {
        public void Dispose() => _areLeftOut = false;
    }
}
