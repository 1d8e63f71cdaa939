using System.Runtime.CompilerServices;
using Underpaint.Machine;

namespace Underpaint.Tests;

internal static class LoadTorch
{
    // Before any test touches a tensor, as every program of ours does.
    [ModuleInitializer]
    internal static void Load() => TorchLibrary.Load();
}
