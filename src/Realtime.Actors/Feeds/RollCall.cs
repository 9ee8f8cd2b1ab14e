namespace Realtime.Actors.Feeds;

/// <summary>
/// A room that keeps its members in memory only begins a new life, and asks a node's relay which sockets there are in it. Answered,
/// through the shard region, by <see cref="MembersHere"/>.
/// </summary>
/// <param name="Feed">The room.</param>
/// <param name="Roll">Tells the lives of a room apart; as in the answer.</param>
/// <param name="Node">The node that is asked; as in the answer.</param>
public sealed record CallRoll(FeedId Feed, long Roll, NodeId Node) : IWithFeed;

/// <summary>Some of those who are in a room, as the relay of their node remembers them.</summary>
/// <param name="Feed">The room.</param>
/// <param name="Roll">As in the question.</param>
/// <param name="Node">As in the question.</param>
/// <param name="Members">The members; one whose join is still under way has no time yet.</param>
/// <param name="More">Whether others follow in another message.</param>
public sealed record MembersHere(FeedId Feed, long Roll, NodeId Node, IReadOnlyList<Member> Members, bool More) : IFeedCommand
{
    /// <summary>Those whose join is under way: the room may or may not have taken it in its former life.</summary>
    internal MembersHere OnlyJoining() => this with { Members = [.. Members.Where(IsJoining)] };

    /// <summary>Those who were told that they are members.</summary>
    internal MembersHere WithoutJoining() => this with { Members = [.. Members.Where(member => !IsJoining(member))] };

    internal static bool IsJoining(Member member) => member.JoinedAt == default;
}

/// <summary>Which nodes have answered a room that looks for its members.</summary>
internal sealed class RollCall(long id)
{
    /// <summary>After how long those who have not answered are asked again.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);

    // As many times does everybody else wait: a node that is dying does not keep a room from the others for longer.
    private const int MostRounds = 4;

    private readonly HashSet<NodeId> _answered = [];
    private int _rounds;

    public long Id => id;

    /// <summary>Whether whatever else the room is asked waits.</summary>
    public bool HoldsUp { get; private set; } = true;

    public bool Has(NodeId node) => _answered.Contains(node);

    public void Answered(NodeId node) => _answered.Add(node);

    /// <summary>Those who are to be asked (again).</summary>
    public NodeId[] Missing(IEnumerable<NodeId> nodes) => [.. nodes.Where(node => !_answered.Contains(node))];

    /// <summary>Another round begins; true when nobody is to wait for its answers.</summary>
    public bool BeginRound() => ++_rounds > MostRounds;

    public void LetGo() => HoldsUp = false;
}
