using System.Runtime.InteropServices;
using TorchSharp;
using Underpaint.Machine;

namespace Underpaint.Tests.Machine;

public class TorchLibraryTests
{
    [Fact]
    public void The_version_named_in_messages_is_the_one_that_TorchSharp_wants() =>
        Assert.StartsWith(TorchLibrary.Version, torch.__version__, StringComparison.Ordinal);

    [Fact]
    public void Its_own_file_is_found() => Assert.True(File.Exists(TorchLibrary.OwnFile));

    [Fact]
    public unsafe void NNPACK_is_left_out_where_libtorch_lets_us()
    {
        nint library = NativeLibrary.Load(TorchLibrary.OwnFile!);
        Assert.SkipUnless(NativeLibrary.TryGetExport(library, "_ZNK2at7Context17userEnabledNNPACKEv", out nint isEnabled), "this libtorch has other names");
        nint context = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "_ZN2at13globalContextEv"))();
        Assert.Equal(0, ((delegate* unmanaged<nint, byte>)isEnabled)(context));
    }

    [Fact]
    public void An_unknown_device_is_refused_with_the_known_ones() =>
        Assert.Contains("auto, cpu, cuda", Assert.Throws<UnderpaintException>(() => ComputeDevice.Choose("tpu")).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Without_a_GPU_auto_is_the_processor_and_cuda_an_error()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "this machine has a GPU");
        Assert.Equal(DeviceType.CPU, ComputeDevice.Choose("auto").Device.type);
        Assert.Contains("nvidia-smi", Assert.Throws<UnderpaintException>(() => ComputeDevice.Choose("cuda")).Remedy, StringComparison.Ordinal);
    }
}
