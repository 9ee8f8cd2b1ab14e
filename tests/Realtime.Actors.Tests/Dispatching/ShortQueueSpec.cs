using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Realtime.Actors.Dispatching;
using Envelope = Akka.Actor.Envelope;

namespace Realtime.Actors.Tests.Dispatching;

public sealed class ShortQueueSpec
{
    private readonly ShortQueue _queue = new();

    [Fact]
    public void Messages_come_out_in_the_order_in_which_they_went_in()
    {
        var (next, expected) = (0, 0);
        // Fills and empties, to each depth and from each.
        for (var depth = 1; depth < 100; depth++)
        {
            for (var i = 0; i < depth; i++)
                Put(next++);
            Assert.Equal((depth, true), (_queue.Count, _queue.HasMessages));
            for (var i = 0; i < depth / 2; i++)
                Assert.Equal(expected++, Take());
            Put(next++);
            while (_queue.HasMessages)
                Assert.Equal(expected++, Take());
            Assert.Equal(next, expected);
            Assert.Null(Take());
            Assert.Equal(0, _queue.Count);
        }
    }

    [Fact]
    public async Task What_several_write_at_once_is_all_there_and_in_each_ones_order()
    {
        const int writers = 4;
        const int each = 50_000;
        var writing = Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                Put((writer, i));
        })).ToArray();
        var next = new int[writers];
        while (next.Sum() < writers * each)
        {
            if (Take() is (int writer, int number))
                Assert.Equal(next[writer]++, number);
            else
                await Task.Yield();
        }
        await Task.WhenAll(writing);
        Assert.Null(Take());
    }

    [Fact]
    public void A_message_by_itself_allocates_nothing()
    {
        Put("warm");
        Take();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Put("message");
            Take();
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_is_left_goes_to_the_dead_letters()
    {
        var deadLetters = new UnboundedMessageQueue();
        Put("one");
        Put("two");
        _queue.CleanUp(ActorRefs.Nobody, deadLetters);
        Assert.False(_queue.HasMessages);
        Assert.Equal(2, deadLetters.Count);
    }

    private void Put(object message) => _queue.Enqueue(ActorRefs.Nobody, new Envelope(message, ActorRefs.NoSender));

    private object? Take() => _queue.TryDequeue(out var envelope) ? envelope.Message : null;
}
