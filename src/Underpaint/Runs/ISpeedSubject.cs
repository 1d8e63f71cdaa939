namespace Underpaint.Runs;

/// <summary>What a <see cref="SpeedTest"/> times: a model being trained, and its average in use.</summary>
internal interface ISpeedSubject : IDisposable
{
    /// <summary>Numbers in the weights.</summary>
    long Parameters { get; }

    /// <summary>Trains on one batch, to the end of the update.</summary>
    void TrainStep();

    /// <summary>Encodes one batch.</summary>
    void Encode();

    /// <summary>Decodes one batch.</summary>
    void Decode();
}
