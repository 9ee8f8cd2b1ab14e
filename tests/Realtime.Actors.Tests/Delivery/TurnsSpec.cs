using Akka.TestKit;
using Realtime.Actors.Tests.Support;

namespace Realtime.Actors.Tests.Delivery;

public sealed class TurnsSpec : ActorSpec
{
    private static readonly TimeSpan Ages = TimeSpan.FromMinutes(5);

    private readonly TestProbe _relay;
    private readonly TestProbe _other;

    public TurnsSpec() => (_relay, _other) = (CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task Relays_have_their_turn_together_and_the_next_one_when_all_have_passed_it()
    {
        var turns = new Turns(Ages);
        turns.Gathered(_relay);
        var first = await _relay.ExpectMsgAsync<Turn>();
        first.GoesTo(sessions: 1);
        turns.Gathered(_other);
        turns.Gathered(_relay);
        first.Pass();
        Assert.False(_other.HasMessages);
        first.Pass();
        var second = await _other.ExpectMsgAsync<Turn>();
        Assert.NotSame(first, second);
        Assert.Same(second, await _relay.ExpectMsgAsync<Turn>());
    }

    [Fact]
    public async Task Who_has_passed_a_turn_that_took_too_long_does_not_end_the_next()
    {
        var turns = new Turns(TimeSpan.FromMilliseconds(1));
        turns.Gathered(_relay);
        var late = await _relay.ExpectMsgAsync<Turn>();
        turns.Gathered(_other);
        var next = await _other.ExpectMsgAsync<Turn>(); // although nobody has passed the first
        late.Pass();
        turns.Gathered(_relay);
        next.Pass();
        Assert.NotSame(next, await _relay.ExpectMsgAsync<Turn>());
    }

    [Fact]
    public async Task What_is_gathered_when_a_turn_has_ended_begins_one_at_once()
    {
        var turns = new Turns(Ages);
        for (var i = 0; i < 3; i++)
        {
            turns.Gathered(_relay);
            (await _relay.ExpectMsgAsync<Turn>()).Pass();
        }
    }
}
