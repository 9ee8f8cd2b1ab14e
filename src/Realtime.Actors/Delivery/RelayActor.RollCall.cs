namespace Realtime.Actors.Delivery;

// What the relay tells a room that has forgotten its members.
internal sealed partial class RelayActor
{
    // Each may bring its presence: so that no message is too large for the wire.
    private const int MembersPerMessage = 1000;

    private readonly RememberedMembers _remembered = new();

    // Through the region, as the commands of members: so a leave that is passed on later comes later.
    private void Take(CallRoll call)
    {
        var members = MembersOf(call.Feed);
        for (var begin = 0; begin == 0 || begin < members.Count; begin += MembersPerMessage)
        {
            var some = members.GetRange(begin, Math.Min(MembersPerMessage, members.Count - begin));
            var more = begin + some.Count < members.Count;
            RegionOf(call.Feed).Tell(new MembersHere(call.Feed, call.Roll, call.Node, some, more), Self);
        }
    }

    private List<Member> MembersOf(FeedId feed)
    {
        List<Member> members = _remembered.TryGet(feed, out var known) ? [.. known.Values] : [];
        // One whose join the room may have taken in its former life: the answer may come yet, and must be true then.
        foreach (var (command, _, _, _) in _passedOn.Values)
        {
            if (command is Rooms.JoinRoom join && join.Feed == feed && known?.ContainsKey(join.Socket) != true)
                members.Add(new Member(join.Socket, join.Node, default, join.Presence));
        }
        return members;
    }

    private void Remember(IMemberReply reply)
    {
        if (reply is Joined { Remembered: { } joined })
            _remembered.Keep(reply.Feed, joined);
        else if (reply is Resumed { Remembered: { } resumed })
            _remembered.Keep(reply.Feed, resumed);
        else if (reply is Left or NotMember)
            _remembered.Forget(reply.Feed, reply.Socket);
    }
}
