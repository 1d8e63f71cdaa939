using Underpaint.Data.Images;
using Underpaint.Reports;
using Underpaint.Reports.TensorBoard;
using Underpaint.Storage;

namespace Underpaint.Tests.Reports.TensorBoard;

public class EventMessageTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddSeconds(1.5);

    [Fact]
    public void The_parser_s_own_checksum_is_the_published_one() =>
        Assert.Equal(0xE3069283, EventFileParser.Checksum("123456789"u8));

    [Fact]
    public void A_file_begins_with_its_version()
    {
        EventFileParser.Event read = Read(EventMessage.Opening(Time));
        Assert.Equal((1.5, "brain.Event:2", false), (read.Time, read.Version, read.IsStart));
    }

    [Fact]
    public void Figures_come_back_with_their_tags_and_their_step()
    {
        EventFileParser.Event read = Read(EventMessage.Scalars(Time, 3_000_000_000, [("structure/loss", 0.25), ("détail/PSNR", double.PositiveInfinity)]));
        Assert.Equal(3_000_000_000, read.Step);
        Assert.Equal([("structure/loss", 0.25f), ("détail/PSNR", float.PositiveInfinity)], read.Values.Select(value => (value.Tag, value.Scalar!.Value)));
    }

    [Fact]
    public void A_picture_comes_back_with_its_size()
    {
        byte[] png = Png.Encode(new PixelImage(5, 3, 3, new byte[45]));
        EventFileParser.Value read = Assert.Single(Read(EventMessage.Picture(Time, 7, "sheet", png)).Values);
        Assert.Equal((5, 3, "sheet"), (read.Width, read.Height, read.Tag));
        Assert.Equal(png, read.Picture);
    }

    [Fact]
    public void A_start_takes_back_what_comes_after_it()
    {
        EventFileParser.Event read = Read(EventMessage.TakenUp(Time, 8));
        Assert.True(read.IsStart);
        Assert.Equal(9, read.Step);
    }

    [Fact]
    public void Records_of_every_length_have_their_checksums()
    {
        for (int length = 0; length < 300; length++)
        {
            var tag = new string('a', length);
            Assert.Equal(tag, Assert.Single(Read(EventMessage.Scalars(Time, 1, [(tag, 1)])).Values).Tag);
        }
    }

    private static EventFileParser.Event Read(ProtobufMessage message) => Assert.Single(EventFileParser.Read(EventRecord.Frame(message.ToArray())));
}
