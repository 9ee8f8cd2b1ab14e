using System.Text;
using Akka.Dispatch;
using Microsoft.AspNetCore.Connections;
using Realtime.Actors.Dispatching;
using Realtime.Actors.Sessions;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>What becomes of frames that sessions of one <see cref="Round"/> write.</summary>
public class FrameQueueInRoundSpec
{
    private readonly ManualWire _wire = new() { TakesAtOnce = true };
    private readonly FakeConnection _connection = new();
    private readonly FrameQueue _queue;

    public FrameQueueInRoundSpec() => _queue = new FrameQueue(_wire, maxQueuedBytes: 100, _connection);

    [Fact]
    public async Task Frames_are_sent_when_all_sessions_have_had_their_turn()
    {
        var other = new ManualWire { TakesAtOnce = true };
        var queue = new FrameQueue(other, maxQueuedBytes: 100, _connection);
        await RoundAsync(
            () => Assert.Equal(FrameResult.Sent, _queue.Write(Text("one"))),
            () => Assert.Equal(FrameResult.Sent, queue.Write(Text("two"))),
            () => Assert.Equal(("", ""), (_wire.Taken, other.Taken)),
            () => Assert.Equal(5, _queue.QueuedBytes));
        Assert.Equal(("one", "two"), (_wire.Taken, other.Taken));
        Assert.Equal(0, _queue.QueuedBytes);
    }

    [Fact]
    public async Task What_comes_behind_takes_it_along_in_order()
    {
        await RoundAsync(
            () =>
            {
                _queue.Write(Text("one"));
                _queue.Write(Text("two"));
                Assert.Equal("one two", _wire.Taken);
                _queue.Write(Text("three"));
                Assert.True(_queue.FlushAsync(Piece.Copy(Opcode.Text, "four"u8), default).AsTask().IsCompletedSuccessfully);
                Assert.Equal("one two three four", _wire.Taken);
                _queue.Write(Text("five"));
                _queue.Pong("six"u8);
                _queue.Write(Text("seven"));
                _queue.Close(CloseCode.Normal);
            });
        Assert.Equal("one two three four five six seven close 1000", _wire.Taken);
    }

    [Fact]
    public async Task Who_waits_for_it_is_told_when_it_is_sent()
    {
        var drained = Task.CompletedTask;
        await RoundAsync(
            () =>
            {
                _queue.Write(Text("one"));
                drained = _queue.DrainAsync().AsTask();
            },
            () => Assert.False(drained.IsCompleted));
        await drained.WaitAsync(Limits.Patience);
        Assert.Equal("one", _wire.Taken);
    }

    [Fact]
    public void Arrays_are_kept_for_all_sessions_of_all_rounds_that_run_at_a_time()
    {
        const int length = ISocketTransport.MostTogether;
        var rented = new byte[Round.Size * Environment.ProcessorCount][];
        long RentAll()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rented.Length; i++)
            {
                rented[i] = IFrameWriter.Arrays.Rent(length);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _wire.Forgets = true;
        RentAll();
        foreach (var array in rented)
        {
            Assert.Equal(FrameResult.Sent, _queue.WriteRented(array, length));
        }

        Assert.Equal(0, RentAll());
        foreach (var array in rented)
        {
            IFrameWriter.Arrays.Return(array);
        }
    }

    [Fact]
    public async Task When_the_network_does_not_take_it_what_follows_waits_behind_it()
    {
        _wire.TakesAtOnce = false;
        await RoundAsync(() => Assert.Equal(FrameResult.Sent, _queue.Write(Text("one"))));
        Assert.Equal(FrameResult.Queued, _queue.Write(Text("two")));
        var drained = _queue.DrainAsync();
        await _wire.TakeAsync();
        Assert.False(drained.IsCompleted);
        await _wire.TakeAsync();
        await drained;
        Assert.Equal("one two", _wire.Taken);
    }

    [Fact]
    public async Task A_session_that_writes_more_than_the_network_takes_is_told_within_the_round()
    {
        _wire.TakesAtOnce = false;
        await RoundAsync(
            () =>
            {
                Assert.Equal(FrameResult.Sent, _queue.Write(Text(new string('x', 90))));
                Assert.Equal(FrameResult.Queued, _queue.Write(Text("two")));
                Assert.Equal(FrameResult.Full, _queue.Write(Text(new string('y', 90))));
            });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_before_that_drops_it(bool isClosed)
    {
        await RoundAsync(
            () =>
            {
                _queue.Write(Text("one"));
                if (isClosed)
                {
                    _queue.Close(CloseCode.Normal, dropsWaiting: true);
                }
                else
                {
                    _queue.Break();
                }

                Assert.Equal(0, _queue.QueuedBytes);
            });
        Assert.Equal(isClosed ? "close 1000" : "", _wire.Taken);
    }

    [Fact]
    public async Task A_wire_that_breaks_at_the_end_of_the_round_closes_the_queue()
    {
        _wire.IsBroken = true;
        await RoundAsync(() => Assert.Equal(FrameResult.Sent, _queue.Write(Text("one"))));
        Assert.IsType<IOException>(Assert.Single(_connection.Failures));
        Assert.Equal(FrameResult.Closed, _queue.Write(Text("two")));
    }

    [Fact]
    public async Task A_wire_that_breaks_under_it_takes_nothing_that_comes_behind()
    {
        _wire.IsBroken = true;
        await RoundAsync(
            () =>
            {
                Assert.Equal(FrameResult.Sent, _queue.Write(Text("one")));
                Assert.Equal(FrameResult.Closed, _queue.Write(Text("two")));
            });
        Assert.Single(_connection.Failures);
    }

    private static Frame Text(string text) => Frame.Encode(TransferFormat.Text, Encoding.UTF8.GetBytes(text));

    // As a relay tells sessions, and they run; ends when what they have put off is done.
    private static async Task RoundAsync(params Action[] sessions)
    {
        var executor = new FairExecutor("round");
        var end = new RoundEnd();
        using (Round.Gather())
        {
            foreach (var session in sessions)
            {
                executor.Execute(new ActionRunnable(() => end.Guard(session)));
            }

            executor.Execute(new ActionRunnable(() => Assert.True(Round.PutOff(end))));
        }

        await end.Reached.WaitAsync(Limits.Patience);
    }

    private sealed class RoundEnd : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Guard(Action session)
        {
            try
            {
                session();
            }
            catch (Exception e)
            {
                _reached.TrySetException(e);
            }
        }

        public void Execute() => _reached.TrySetResult();
    }
}
