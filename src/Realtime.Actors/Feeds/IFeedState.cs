
namespace Realtime.Actors.Feeds;

/// <summary>
/// What a feed remembers. Pure: no clock, no randomness, no input or output. A command is decided on, the resulting event
/// is written, and only then applied.
/// </summary>
internal interface IFeedState<TState>
    where TState : IFeedState<TState>
{
    Members Members { get; }

    /// <summary>The event that a command brings about; null when it changes nothing.</summary>
    IFeedEvent? Decide(IFeedCommand command, DateTimeOffset now);

    TState Apply(IFeedEvent happened);

    /// <summary>The answer to a member command of this kind of feed.</summary>
    IMemberReply Answer(IMemberCommand command, Position position);

    /// <summary>Which of the messages that a member has missed are for it. They are in order, and go on to the present.</summary>
    IEnumerable<Envelope> Heard(SocketId socket, IReadOnlyList<Envelope> missed);

    /// <summary>For how many members a message is.</summary>
    int AudienceOf(Envelope message);

    /// <summary>What a member is subscribed to, where that is less than everything.</summary>
    (IReadOnlyList<RecordId> Records, bool Watches) SubscriptionsOf(SocketId socket);

    IFeedSnapshot ToSnapshot(FeedRest? rest);
}
