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
