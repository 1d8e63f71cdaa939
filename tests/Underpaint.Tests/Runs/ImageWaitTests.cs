using Underpaint.Data;
using Underpaint.Runs;

namespace Underpaint.Tests.Runs;

public sealed class ImageWaitTests : IDisposable
{
    private readonly StuckSource _source = new(answers: 5);
    private readonly BatchStream _stream;
    private readonly ImageWait _wait;
    private readonly Listener _listener = new();

    public ImageWaitTests()
    {
        _stream = new(_source, new() { Size = 16 }, batch: 12, seed: 0);
        _wait = new(_stream, new ImpatientTime());
    }

    public void Dispose()
    {
        _source.Release();
        _stream.Dispose();
    }

    [Fact]
    public void A_source_that_does_not_answer_is_told_and_then_given_up()
    {
        // Time runs so fast here that it could be over before the images are asked for, which the first wait begins.
        Assert.False(_stream.WaitForNext(ImageWait.Notice, new ImpatientTime()));
        Assert.True(SpinWait.SpinUntil(() => _source.IsStuck, TimeSpan.FromSeconds(30)));
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => _wait.Wait(_listener, default));
        Assert.Contains($"{_stream.Reading} has been read for 10 min", e.What);
        Assert.Contains("then resume", e.Remedy);
        Assert.Equal(19, _listener.Notes.Count);
        Assert.Matches("ornament [0-9]+ has been read for 30 s", _listener.Notes[0]);
    }

    [Fact]
    public void Giving_up_does_not_wait_for_the_source_either()
    {
        Assert.Throws<UnderpaintException>(() => _wait.Wait(_listener, default));
        long start = TimeProvider.System.GetTimestamp();
        _stream.Dispose();
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_source_that_answers_late_goes_on_as_if_nothing_had_been()
    {
        Assert.False(_stream.WaitForNext(ImageWait.Notice, new ImpatientTime()));
        _source.Release();
        new ImageWait(_stream, TimeProvider.System).Wait(_listener, default);
        Assert.Empty(_listener.Notes);
        Assert.Equal(Enumerable.Range(0, 12), _stream.Next().Indices.Order());
    }

    [Fact]
    public void A_batch_of_slow_images_is_waited_for_without_a_word()
    {
        new ImageWait(_stream, WithAnImageEvery(waits: 1)).Wait(_listener, default);
        Assert.Empty(_listener.Notes);
    }

    [Fact]
    public void Each_image_that_is_late_has_all_the_time_for_itself()
    {
        // The seven that are missing take longer together than any one may.
        new ImageWait(_stream, WithAnImageEvery(waits: 4)).Wait(_listener, default);
        Assert.NotEmpty(_listener.Notes);
        Assert.All(_listener.Notes, note => Assert.Matches(@"has been read for [369]0 s\.", note));
    }

    [Fact]
    public void Waiting_ends_when_the_user_stops() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => new ImageWait(_stream, TimeProvider.System).Wait(_listener, new(canceled: true)));

    [Fact]
    public void Images_that_cannot_be_read_at_all_are_an_error_and_no_waiting()
    {
        using var stream = new BatchStream(new Data.MemorySource(2, 0, 1), new() { Size = 2 }, batch: 2, seed: 0);
        Assert.Contains("Not one of the 2 images",
            Assert.Throws<UnderpaintException>(() => new ImageWait(stream, TimeProvider.System).Wait(_listener, default)).What);
    }

    // A clock on which waiting times are over at once, and the source answers in every so many of them.
    private ImpatientTime WithAnImageEvery(int waits)
    {
        int waited = 0;
        return new(_ =>
        {
            if (++waited % waits == 0)
                _source.Answer();
            return SpinWait.SpinUntil(() => _source.IsStuck, TimeSpan.FromSeconds(30));
        });
    }
}
