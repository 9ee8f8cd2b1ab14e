using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Realtime.Actors.Delivery;
using Realtime.Actors.Sessions;
using Realtime.Web.Rooms;
using Realtime.Web.Topics;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Hubs;

/// <summary>
/// What clients call. Errors reach them as a <see cref="HubException"/> whose message is <c>code: sentence</c>, with a code of
/// <see cref="ErrorCodes"/>.
/// </summary>
internal sealed class RealtimeHub(HubParts parts) : Hub
{
    /// <summary>Who this client is, and what it needs to come back. Enveloped clients get the same as <c>$hello</c> when they connect.</summary>
    public Hello Hello() => parts.Hello.Of(Link.Socket);

    /// <summary>Joins a room; what is said after the returned number reaches this client.</summary>
    /// <param name="room">The room.</param>
    /// <param name="presence">What this client tells the others about itself, in a room whose members are known to each other.</param>
    public Task<RoomPlace> Join(string room, object? presence = null) => parts.ClientRooms.JoinAsync(
        User, Used.Socket, Limits.ParseRoom(room, parts.Options), presence is null ? default : PayloadReader.Read(presence), Context.ConnectionAborted);

    /// <summary>Leaves a room.</summary>
    public Task Leave(string room) => parts.Rooms.LeaveAsync(Used.Socket, Limits.ParseRoom(room, parts.Options), Context.ConnectionAborted);

    /// <summary>Leaves all rooms and topics (contract R-28).</summary>
    public Task LeaveAll() => parts.Rooms.LeaveAllAsync(Used.Socket, Context.ConnectionAborted);

    /// <summary>Says something to a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="name">The event; null means <c>message</c>.</param>
    /// <param name="data">The data.</param>
    /// <param name="options">How it wants to be treated.</param>
    public Task<Receipt> Broadcast(string room, string? name, object? data, BroadcastOptions? options = null) => parts.ClientRooms.BroadcastAsync(
        User, Link.Socket, Limits.ParseRoom(room, parts.Options), EventName.Parse(name), PayloadReader.Read(data), options, Context.ConnectionAborted);

    /// <summary>The rooms that this client is in.</summary>
    public async Task<IReadOnlyList<string>> Rooms() => await AskSessionAsync(new DescribeSocket(Link.Socket)) switch
    {
        SocketDescription description => [.. description.Feeds.Where(feed => !feed.IsTopic).Select(feed => feed.Key).Order(StringComparer.Ordinal)],
        var other => throw Answers.Refusal(other, Link.Socket),
    };

    /// <summary>A page of a room's members, by socket id.</summary>
    public Task<MemberList> Members(string room, string? after = null) => parts.ClientRooms.MembersAsync(
        User, Link.Socket, Limits.ParseRoom(room, parts.Options), after is null ? null : SocketId.Parse(after), Context.ConnectionAborted);

    /// <summary>A page of a room's members with what they tell about themselves, by socket id.</summary>
    public Task<PresenceList> Presence(string room, string? after = null) => parts.ClientRooms.PresenceAsync(
        User, Link.Socket, Limits.ParseRoom(room, parts.Options), after is null ? null : SocketId.Parse(after), Context.ConnectionAborted);

    /// <summary>What a room still keeps of what it said after a position, or from as far back as it reaches.</summary>
    public Task<MessageList> History(string room, SeenPosition? position = null) => parts.ClientRooms.HistoryAsync(
        User, Link.Socket, Limits.ParseRoom(room, parts.Options), position is null ? null : new Position(position.Epoch, position.Seq), Context.ConnectionAborted);

    /// <summary>Subscribes to records of a model (contract P-3).</summary>
    public Task Subscribe(string model, IReadOnlyList<object> ids) =>
        parts.ClientTopics.SubscribeAsync(
        Used.RequestsOn(Context), User, ModelName.Parse(model), RecordIds.Read(ids, parts.Options), Context.ConnectionAborted);

    /// <summary>Undoes <see cref="Subscribe"/> (P-4).</summary>
    public Task Unsubscribe(string model, IReadOnlyList<object> ids) =>
        parts.Topics.UnsubscribeAsync(Used.Socket, ModelName.Parse(model), RecordIds.Read(ids, parts.Options), Context.ConnectionAborted);

    /// <summary>Hears of every record of a model that is created from now on (P-40).</summary>
    public Task Watch(string model) => parts.ClientTopics.WatchAsync(
        Used.RequestsOn(Context), User, ModelName.Parse(model), Context.ConnectionAborted);

    /// <summary>Undoes <see cref="Watch"/>.</summary>
    public Task Unwatch(string model) => parts.Topics.UnwatchAsync(Used.Socket, ModelName.Parse(model), Context.ConnectionAborted);

    /// <summary>
    /// Takes up an older socket on this connection. To be called before anything but <see cref="Hello"/>. What was missed is
    /// written before this returns.
    /// </summary>
    /// <param name="token">The resume token of the older socket.</param>
    /// <param name="positions">Up to where the client has seen each room or topic; whatever is not given counts as unseen.</param>
    public async Task<ResumedSocket> Resume(string token, IReadOnlyList<SeenPosition>? positions = null)
    {
        var link = Link;
        if (link.IsUsed)
            throw new RealtimeException(ErrorCodes.InvalidRequest, "Resume comes first on a new connection: connect anew, then resume.");
        var socket = parts.Tokens.Read(token);
        if (socket == link.Socket)
            throw new RealtimeException(ErrorCodes.InvalidResumeToken, "This token is of this very connection: there is nothing to resume.");
        link.IsUsed = true;
        var seen = (positions ?? []).DistinctBy(place => place.Room)
            .ToDictionary(place => new FeedId(place.Room), place => new Position(place.Epoch, place.Seq));
        var resume = new ResumeSession(socket, link.Transport, seen, Context.UserIdentifier);
        var resumed = await ResumeAsync(resume);
        link.Session.Tell(new ConnectionEnded(link.Transport, IsGoodbye: true, IsOtherNow: true), Akka.Actor.ActorRefs.NoSender);
        link.Become(socket, resumed.Session, parts.Time);
        var hello = parts.Hello.Of(socket);
        return new ResumedSocket(hello.SocketId, hello.ResumeToken, hello.ResumeWindowSeconds, hello.Node,
            [.. resumed.Feeds.Select(feed => new ResumedRoom(feed.Feed.Key, feed.Position.Epoch, feed.Position.Seq, feed.Recovered))]);
    }

    /// <summary>
    /// Calls a route of the application, as over HTTP (contract V-2): <c>{method, url, headers?, body?}</c>. Never fails: whatever
    /// goes wrong is an answer with a status. Runs beside other calls, and answers when it is done (V-7).
    /// </summary>
    public Task<VirtualResponse> Request(object? request) => parts.Requests.AnswerAsync(Used.RequestsOn(Context), request);

    private async Task<SessionResumed> ResumeAsync(ResumeSession resume)
    {
        try
        {
            return await parts.Sockets.AskAsync(parts.Sessions.ActorRef, resume, Context.ConnectionAborted) switch
            {
                SessionResumed resumed => resumed,
                SessionUnavailable => throw new RealtimeException(ErrorCodes.Unavailable, "A room of this socket did not answer in time: connect anew and resume again."),
                _ => throw new RealtimeException(ErrorCodes.InvalidResumeToken, "This socket has left for good: connect anew and join again."),
            };
        }
        catch
        {
            // The session may have taken this connection for its own, or is about to.
            parts.Sessions.ActorRef.Tell(new ResumeAbandoned(resume.Socket, resume.Transport), Akka.Actor.ActorRefs.NoSender);
            throw;
        }
    }

    private ClaimsPrincipal User => Context.User ?? new ClaimsPrincipal();

    private SocketLink Link => SocketLink.Of(Context);

    private SocketLink Used
    {
        get
        {
            var link = Link;
            link.IsUsed = true;
            return link;
        }
    }

    private Task<object> AskSessionAsync(object message) => parts.Sockets.AskAsync(Link.Session, message, Context.ConnectionAborted);
}
