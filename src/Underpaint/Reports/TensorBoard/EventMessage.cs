using System.Buffers.Binary;
using Underpaint.Storage;

namespace Underpaint.Reports.TensorBoard;

/// <summary>The events that TensorBoard reads, as TensorFlow's <c>Event</c> messages. Steps are images seen.</summary>
internal static class EventMessage
{
    private const string Version = "brain.Event:2";
    private const int Start = 1;
    private const int RedGreenBlue = 3;

    // Width and height stand behind PNG's signature and the head of its first chunk.
    private const int PngWidth = 16, PngHeight = 20;

    /// <summary>The first event of a file.</summary>
    public static ProtobufMessage Opening(DateTimeOffset time) => At(time).Add(3, Version);

    /// <summary>A process takes up the run: whatever was told of later steps than the given one no longer counts.</summary>
    public static ProtobufMessage TakenUp(DateTimeOffset time, long imagesSeen) =>
        At(time).Add(2, imagesSeen + 1).Add(7, new ProtobufMessage().Add(1, (long)Start));

    /// <summary>Figures of one moment.</summary>
    /// <param name="time">The time of day.</param>
    /// <param name="imagesSeen">The step.</param>
    /// <param name="figures">Each with its tag; what stands before the first slash is the group that it is shown in.</param>
    public static ProtobufMessage Scalars(DateTimeOffset time, long imagesSeen, IEnumerable<(string Tag, double Value)> figures)
    {
        var summary = new ProtobufMessage();
        foreach (var (tag, value) in figures)
            summary.Add(1, new ProtobufMessage().Add(1, tag).Add(2, (float)value));
        return At(time).Add(2, imagesSeen).Add(5, summary);
    }

    /// <summary>A picture.</summary>
    /// <param name="time">The time of day.</param>
    /// <param name="imagesSeen">The step.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="png">The picture, an RGB PNG file.</param>
    public static ProtobufMessage Picture(DateTimeOffset time, long imagesSeen, string tag, byte[] png)
    {
        ProtobufMessage image = new ProtobufMessage()
            .Add(1, (long)BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(PngHeight))).Add(2, (long)BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(PngWidth)))
            .Add(3, (long)RedGreenBlue).AddBytes<byte>(4, png);
        return At(time).Add(2, imagesSeen).Add(5, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, tag).Add(4, image)));
    }

    private static ProtobufMessage At(DateTimeOffset time) =>
        new ProtobufMessage().Add(1, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
}
