using Realtime.Actors.Topics;
using static Realtime.Actors.Tests.Support.Given;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Tests.Topics;

public sealed class TopicStateSpec
{
    private TopicState _state = TopicState.Empty;

    [Fact]
    public void Whoever_watches_is_subscribed_to_a_new_record() // P-31
    {
        Do(SubscribeTo(Ann, NodeA, watch: true));
        Do(Tell(Verb.Created, 7));
        Assert.Equal((IEnumerable<RecordId>)[Record(7)], _state.SubscriptionsOf(Ann).Records);
        Assert.Equal([Verb.Updated], Heard(_state, Ann, Verb.Updated));
    }

    [Fact]
    public void A_destroyed_record_has_no_subscribers_left() // P-32
    {
        Do(SubscribeTo(Ann, NodeA, watch: false, 7));
        Do(Tell(Verb.Destroyed, 7));
        Assert.Empty(_state.SubscriptionsOf(Ann).Records);
        Assert.Null(_state.Decide(Tell(Verb.Destroyed, 7), default));
    }

    [Fact]
    public void Whoever_left_and_comes_back_has_only_what_he_asks_for_now()
    {
        Do(SubscribeTo(Ann, NodeA, watch: true, 7));
        Do(Tell(Verb.Created, 9));
        Do(new Leave(UsersFeed, Ann));
        Do(SubscribeTo(Ann, NodeA, watch: false, 8));
        Assert.Equal((IEnumerable<RecordId>)[Record(8)], _state.SubscriptionsOf(Ann).Records);
        Assert.Empty(Heard(_state, Ann, Verb.Updated));
        Assert.Equal(0, _state.AudienceOf(Message(Verb.Updated, 7)));
    }

    [Fact]
    public void Whoever_expired_with_his_node_and_comes_back_has_only_what_he_asks_for_now()
    {
        Do(SubscribeTo(Ann, NodeA, watch: false, 7));
        Do(new ExpireNodes(UsersFeed, [NodeA]));
        Do(SubscribeTo(Ann, NodeB, watch: false, 8));
        Assert.Equal((IEnumerable<RecordId>)[Record(8)], _state.SubscriptionsOf(Ann).Records);
    }

    [Fact]
    public void Records_whose_subscribers_have_all_left_are_let_go()
    {
        for (var i = 0; i < 1000; i++)
        {
            var socket = SocketId.Trusted($"s{i}");
            Do(SubscribeTo(socket, NodeA, watch: false, i));
            Do(new Leave(UsersFeed, socket));
        }
        Assert.InRange(_state.Subscribers.Count, 0, 100);
    }

    [Fact]
    public void Who_missed_that_a_record_was_destroyed_is_still_told_after_the_topic_rested()
    {
        Do(SubscribeTo(Ann, NodeA, watch: false, 7));
        Do(SubscribeTo(Bob, NodeA, watch: false, 8));
        Do(Tell(Verb.Destroyed, 7));
        var woken = TopicState.From((TopicSnapshot)_state.ToSnapshot(null));
        Assert.Equal([Verb.Destroyed], Heard(woken, Ann, Verb.Destroyed));
        Assert.Empty(Heard(woken, Bob, Verb.Destroyed));
    }

    [Fact]
    public void Who_missed_a_change_before_the_record_was_destroyed_is_told_of_both()
    {
        Do(SubscribeTo(Ann, NodeA, watch: false, 7));
        Do(Tell(Verb.Destroyed, 7));
        Assert.Equal([Verb.Updated, Verb.Destroyed], Heard(_state, Ann, Verb.Updated, Verb.Destroyed));
        Assert.Empty(Heard(_state, Bob, Verb.Updated, Verb.Destroyed));
    }

    [Fact]
    public void Who_was_subscribed_to_a_destroyed_record_is_not_told_of_one_that_has_its_id_since() // P-32
    {
        Do(SubscribeTo(Ann, NodeA, watch: false, 7));
        Do(SubscribeTo(Bob, NodeA, watch: true, 7));
        Do(Tell(Verb.Destroyed, 7));
        Do(Tell(Verb.Created, 7));
        Verb[] said = [Verb.Updated, Verb.Destroyed, Verb.Created, Verb.Updated];
        Assert.Equal([Verb.Updated, Verb.Destroyed], Heard(_state, Ann, said));
        Assert.Equal(said, Heard(_state, Bob, said));
        // History may not reach back to the end of the former one.
        Assert.Empty(Heard(_state, Ann, Verb.Created, Verb.Updated));
    }

    private static IEnumerable<Verb> Heard(TopicState state, SocketId socket, params Verb[] missed) =>
        state.Heard(socket, [.. missed.Select(verb => Message(verb, 7))]).Select(message => message.Verb!.Value);

    private static Envelope Message(Verb verb, int record) => Tell(verb, record).ToEnvelope(1);

    private void Do(IFeedCommand command)
    {
        if (_state.Decide(command, default) is { } happened)
            _state = _state.Apply(happened);
    }
}
