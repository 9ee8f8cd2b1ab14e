using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>What leaves, in which order, and who waits, with a wire that takes bytes when it is told to.</summary>
public class FrameQueueSpec
{
    private readonly ManualWire _wire = new();
    private readonly FakeConnection _connection = new();
    private readonly FrameQueue _queue;

    public FrameQueueSpec() => _queue = new FrameQueue(_wire, maxQueuedBytes: 100, _connection);

    [Fact]
    public void A_frame_that_the_network_takes_is_sent_by_the_caller()
    {
        _wire.TakesAtOnce = true;
        Assert.Equal(FrameResult.Sent, _queue.Write(Text("one")));
        Assert.Equal("one", _wire.Taken);
        Assert.Equal(0, _queue.QueuedBytes);
    }

    [Fact]
    public async Task Frames_wait_in_order_for_a_network_that_does_not_take_them()
    {
        Assert.Equal(FrameResult.Queued, _queue.Write(Text("one")));
        Assert.Equal(FrameResult.Queued, _queue.Write(Text("two")));
        _queue.Pong("three"u8);
        Assert.Equal(5 + 5 + 7, _queue.QueuedBytes);
        var drained = _queue.DrainAsync(default);

        await _wire.TakeAsync();
        Assert.False(drained.IsCompleted);
        await _wire.TakeAsync();
        await _wire.TakeAsync();
        await drained;
        Assert.Equal("one two three", _wire.Taken);
        Assert.Equal(0, _queue.QueuedBytes);

        _wire.TakesAtOnce = true;
        Assert.Equal(FrameResult.Sent, _queue.Write(Text("four")));
    }

    [Fact]
    public void Frames_in_one_array_leave_in_one_write_or_not_at_all()
    {
        byte[] Rented(string text)
        {
            var rented = IFrameWriter.Arrays.Rent(200);
            Encoding.UTF8.GetBytes(text, rented);
            return rented;
        }

        Assert.Equal(FrameResult.Queued, _queue.WriteRented(Rented("one two"), 7));
        Assert.Equal(FrameResult.Queued, _queue.WriteRented(Rented("three"), 5));
        Assert.Equal(FrameResult.Full, _queue.WriteRented(Rented(new string('x', 90)), 90));
        Assert.Equal(12, _queue.QueuedBytes);
        _queue.Break();
        Assert.Equal(FrameResult.Closed, _queue.WriteRented(Rented("four"), 4));
    }

    [Fact]
    public void A_frame_that_is_taken_just_as_it_begins_to_wait_keeps_nobody_waiting()
    {
        var queue = new FrameQueue(new LateWire(), maxQueuedBytes: 100, _connection);
        Assert.True(queue.FlushAsync(Piece.Copy(Opcode.Text, "one"u8), default).AsTask().IsCompletedSuccessfully);
        Assert.Equal(FrameResult.Sent, queue.Write(Text("two")));
        Assert.Equal(0, queue.QueuedBytes);
        Assert.Empty(_connection.Failures);
    }

    [Fact]
    public async Task The_hub_waits_until_its_own_bytes_are_taken_and_no_longer()
    {
        _queue.Write(Text("one"));
        var flush = _queue.FlushAsync(Piece.Copy(Opcode.Text, "two"u8), default);
        _queue.Write(Text("three"));
        await _wire.TakeAsync();
        Assert.False(flush.IsCompleted);
        await _wire.TakeAsync();
        var result = await flush;
        Assert.False(result.IsCompleted || result.IsCanceled);
        Assert.Equal(7, _queue.QueuedBytes);
    }

    [Fact]
    public async Task A_waiting_flush_can_be_canceled_and_its_frame_still_goes_out()
    {
        var flush = _queue.FlushAsync(Piece.Copy(Opcode.Text, "one"u8), default);
        _queue.CancelFlush();
        Assert.True((await flush).IsCanceled);
        await _wire.TakeAsync();
        Assert.Equal("one", _wire.Taken);

        _wire.TakesAtOnce = true;
        _queue.CancelFlush();
        Assert.True((await _queue.FlushAsync(Piece.Copy(Opcode.Text, "two"u8), default)).IsCanceled);
        Assert.False((await _queue.FlushAsync(Piece.Copy(Opcode.Text, "three"u8), default)).IsCanceled);
    }

    [Fact]
    public async Task A_flush_ends_with_its_token()
    {
        using var source = new CancellationTokenSource();
        var flush = _queue.FlushAsync(Piece.Copy(Opcode.Text, "one"u8), source.Token);
        await source.CancelAsync();
        var canceled = await Assert.ThrowsAsync<OperationCanceledException>(async () => await flush);
        Assert.Equal(source.Token, canceled.CancellationToken);

        var next = _queue.FlushAsync(Piece.Copy(Opcode.Text, "two"u8), default);
        await _wire.TakeAsync();
        await _wire.TakeAsync();
        Assert.False((await next).IsCanceled);
    }

    [Fact]
    public void Frames_are_refused_when_too_many_bytes_wait_but_never_for_their_size_alone()
    {
        Assert.Equal(FrameResult.Queued, _queue.Write(Text(new string('x', 1000))));
        Assert.Equal(FrameResult.Full, _queue.Write(Text("y")));
    }

    [Fact]
    public async Task The_close_frame_is_the_last()
    {
        _queue.Write(Text("one"));
        _queue.Close(CloseCode.Normal);
        _queue.Close(CloseCode.ServerError);
        Assert.Equal(FrameResult.Closed, _queue.Write(Text("two")));
        Assert.True((await _queue.FlushAsync(Piece.Copy(Opcode.Text, "three"u8), default)).IsCompleted);
        await _wire.TakeAsync();
        await _wire.TakeAsync();
        Assert.Equal("one close 1000", _wire.Taken);
        await _queue.DrainAsync(default);
    }

    [Fact]
    public async Task Closing_may_drop_what_waits_but_not_what_is_being_sent()
    {
        _queue.Write(Text("one"));
        var flush = _queue.FlushAsync(Piece.Copy(Opcode.Text, "two"u8), default);
        _queue.Close(CloseCode.Normal, dropsWaiting: true);
        await _wire.TakeAsync();
        await _wire.TakeAsync();
        Assert.True((await flush).IsCompleted);
        Assert.Equal("one close 1000", _wire.Taken);
        Assert.Equal(0, _queue.QueuedBytes);
    }

    [Fact]
    public async Task When_the_wire_breaks_nobody_goes_on_waiting()
    {
        _queue.Write(Text("one"));
        var flush = _queue.FlushAsync(Piece.Copy(Opcode.Text, "two"u8), default);
        var drained = _queue.DrainAsync(default);
        await _wire.BreakAsync();
        Assert.True((await flush).IsCompleted);
        await drained;
        Assert.Equal(FrameResult.Closed, _queue.Write(Text("three")));
        Assert.IsType<IOException>(Assert.Single(_connection.Failures));
    }

    [Fact]
    public void A_wire_that_breaks_at_once_closes_the_queue()
    {
        _wire.IsBroken = true;
        Assert.Equal(FrameResult.Closed, _queue.Write(Text("one")));
        Assert.Equal(FrameResult.Closed, _queue.Write(Text("two")));
        Assert.IsType<IOException>(Assert.Single(_connection.Failures));
    }

    [Fact]
    public void Another_wire_is_taken_only_before_the_first_frame()
    {
        var other = new ManualWire { TakesAtOnce = true };
        _queue.Use(other);
        _queue.Write(Text("one"));
        Assert.Equal("one", other.Taken);
        _queue.Use(_wire);
        _queue.Write(Text("two"));
        Assert.Equal("one two", other.Taken);
    }

    [Fact]
    public void A_write_that_is_taken_at_once_allocates_nothing()
    {
        _wire.TakesAtOnce = true;
        _wire.Forgets = true;
        var frame = Text("again");
        _queue.Write(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _queue.Write(frame);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Frame Text(string text) => Frame.Encode(TransferFormat.Text, Encoding.UTF8.GetBytes(text));
}
