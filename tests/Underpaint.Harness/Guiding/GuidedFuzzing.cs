using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;
using Underpaint.Harness.Fuzzing;

namespace Underpaint.Harness.Guiding;

/// <summary>
/// Fuzzing that libFuzzer guides by what its inputs reach. The library must have been instrumented by the tool "sharpfuzz", and
/// libfuzzer-dotnet started with this program as its target: <c>guided.sh</c> does both.
/// </summary>
internal static unsafe class GuidedFuzzing
{
    private const int TraceBytes = 1 << 16;

    /// <summary>Lets instrumented code run before libFuzzer is there, as it must to make the seeds: it writes where it has been.</summary>
    public static void Prepare() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(TraceBytes);

    /// <summary>Reads what libFuzzer chooses, until it has enough.</summary>
    /// <param name="target">The reader.</param>
    public static void Run(FuzzTarget target) => Fuzzer.LibFuzzer.Run(input =>
    {
        try
        {
            target.Read(target.Mend(input.ToArray()));
        }
        catch (UnderpaintException)
        {
            // Refused as documented.
        }
    });

    /// <summary>Writes what libFuzzer begins with.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="folder">Where to.</param>
    public static void WriteSeeds(FuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < target.Seeds.Count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"seed-{i}"), target.Seeds[i]);
    }
}
