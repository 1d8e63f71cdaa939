namespace Underpaint.Storage.Parquet;

/// <summary>What <see cref="PageCache"/> keeps.</summary>
internal interface IKeptPage
{
    /// <summary>How much memory it takes.</summary>
    long Bytes { get; }
}
