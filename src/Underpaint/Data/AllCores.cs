using System.Runtime.ExceptionServices;

namespace Underpaint.Data;

/// <summary>Work on many images, on all cores at once.</summary>
internal static class AllCores
{
    /// <summary>Does the work for each of some images. Of several failures the first is thrown, as it is.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Is given an image's number; called from several threads.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static void Run(int count, Action<int> work, CancellationToken stop)
    {
        try
        {
            _ = Parallel.For(0, count, new() { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
