
namespace Realtime.Actors.Feeds;

/// <summary>What holds for the membership of rooms and topics alike.</summary>
internal static class CommonRules
{
    public static IFeedEvent? Decide(Members members, IFeedCommand command) => command switch
    {
        Leave leave => members.Find(leave.Socket) is { } member && (leave.Node is null || leave.Node == member.Node) ? new MemberLeft(leave.Socket) : null,
        Resume resume when members.Find(resume.Socket) is { } known && known.IsMovedBy(resume) =>
            new MemberMoved(resume.Socket, resume.Node, resume.Term),
        Resume => null,
        ExpireNodes expire => Expired(members, expire),
        _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
    };

    public static Members Apply(Members members, IFeedEvent happened) => happened switch
    {
        MemberLeft left => members.Without(left.Socket),
        MemberMoved moved => members.Moved(moved.Socket, moved.Node, moved.Term),
        NodeExpired expired => members.WithoutNode(expired.Node),
        FeedWoke => members,
        _ => throw new NotSupportedException($"No rule for {happened.GetType().Name}."),
    };

    private static FeedChanged? Expired(Members members, ExpireNodes expire)
    {
        var gone = expire.Nodes
            .Where(node => members.Nodes.Any(entry => entry.Node == node))
            .Select(IFeedEvent (node) => new NodeExpired(node));
        return new FeedChanged([.. gone]) is { Events.Length: > 0 } changed ? changed : null;
    }
}
