using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;
using Realtime.Actors.Tests.Support;

namespace Realtime.Actors.Tests.Delivery;

public sealed class TurnsSpec : ActorSpec
{
    private readonly FakeTimeProvider _time = new();
    private readonly Turns _turns;
    private readonly TestProbe _relay;
    private readonly TestProbe _other;

    public TurnsSpec() => (_turns, _relay, _other) = (new Turns(_time), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task Relays_have_their_turn_together_and_the_next_one_when_all_have_passed_it()
    {
        _turns.Gathered(_relay);
        var first = await _relay.ExpectMsgAsync<Turn>();
        first.GoesTo(sessions: 1);
        _turns.Gathered(_other);
        _turns.Gathered(_relay);
        first.Pass();
        await ThePool.HasTakenWhatCameAsync();
        Assert.False(_other.HasMessages);
        first.Pass();
        var second = await _other.ExpectMsgAsync<Turn>();
        Assert.NotSame(first, second);
        Assert.Same(second, await _relay.ExpectMsgAsync<Turn>());
    }

    [Fact]
    public async Task A_turn_that_nobody_passes_ends_when_its_time_is_over_and_not_before()
    {
        _turns.Gathered(_relay);
        await _relay.ExpectMsgAsync<Turn>();
        _turns.Gathered(_other);
        _time.Advance(Turns.Longest / 2);
        await ThePool.HasTakenWhatCameAsync();
        Assert.False(_other.HasMessages);
        _time.Advance(Turns.Longest / 2);
        await _other.ExpectMsgAsync<Turn>();
    }

    [Fact]
    public async Task Who_passes_a_turn_that_took_too_long_does_not_end_the_next()
    {
        _turns.Gathered(_relay);
        var late = await _relay.ExpectMsgAsync<Turn>();
        _turns.Gathered(_other);
        _time.Advance(Turns.Longest);
        var next = await _other.ExpectMsgAsync<Turn>();
        _turns.Gathered(_relay);
        late.Pass();
        await ThePool.HasTakenWhatCameAsync();
        Assert.False(_relay.HasMessages);
        next.Pass();
        Assert.NotSame(next, await _relay.ExpectMsgAsync<Turn>());
    }

    [Fact]
    public async Task What_is_gathered_when_a_turn_has_ended_begins_one_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            _turns.Gathered(_relay);
            (await _relay.ExpectMsgAsync<Turn>()).Pass();
        }
    }

    [Fact]
    public async Task What_was_published_together_is_told_together_though_some_of_it_has_a_hop_more_to_go()
    {
        var work = new Queue<IThreadPoolWorkItem>();
        var turns = new Turns(_time, work.Enqueue);
        turns.Gathered(_relay);
        work.Dequeue().Execute();
        turns.Gathered(_other);
        while (work.TryDequeue(out var next))
            next.Execute();
        Assert.Same(await _relay.ExpectMsgAsync<Turn>(), await _other.ExpectMsgAsync<Turn>());
    }

    [Fact]
    public async Task What_goes_on_coming_is_not_waited_for_without_end()
    {
        var work = new Queue<IThreadPoolWorkItem>();
        var turns = new Turns(_time, work.Enqueue);
        turns.Gathered(_relay);
        for (var i = 0; i < 100 && work.TryDequeue(out var next); i++)
        {
            turns.Gathered(_other);
            next.Execute();
        }
        Assert.Empty(work);
        await _relay.ExpectMsgAsync<Turn>();
    }
}
