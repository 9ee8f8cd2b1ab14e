using Realtime.Actors.Delivery;
using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Web.Hubs;
using Realtime.Web.Json;
using Realtime.Web.Sockets;

namespace Realtime.Web.Rooms;

/// <summary>Asks the room shard region, and the sessions of sockets.</summary>
internal sealed class Rooms(IRequiredActor<RoomRegion> region, SocketRouter sockets, IOptions<RealtimeOptions> options) : IRooms
{
    public async Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, CancellationToken cancellation) =>
        await sockets.AskAsync(new JoinSocket(socket, room), cancellation) switch
        {
            Joined joined => new RoomPlace(room.Value, joined.From.Epoch, joined.From.Seq, joined.Members),
            var other => throw Answers.Refusal(other, socket),
        };

    public async Task LeaveAsync(SocketId socket, RoomName room, CancellationToken cancellation)
    {
        if (await sockets.AskAsync(new LeaveSocket(socket, room), cancellation) is not Left and var other)
            throw Answers.Refusal(other, socket);
    }

    public async Task<Receipt> BroadcastAsync(
        RoomName room, EventName name, ReadOnlyMemory<byte> data, SocketId? omit, string? key, CancellationToken cancellation)
    {
        Limits.CheckPayload(data, options.Value);
        if (SocketId.TryParse(room.Value, out var socket))
            return await SendAsync(socket, name, data, omit, cancellation);
        return await AskAsync(new Broadcast(room, name, data, omit, key), cancellation) switch
        {
            Published published => new Receipt(room.Value, published.Position.Epoch, published.Position.Seq, published.Members),
            var other => throw Answers.Refusal(other),
        };
    }

    public Task<Receipt> BroadcastAsync<T>(RoomName room, EventName name, T data, SocketId? omit, string? key, CancellationToken cancellation) =>
        BroadcastAsync(room, name, RealtimeJson.Write(data), omit, key, cancellation);

    public async Task<MemberList> MembersAsync(RoomName room, SocketId? after, int? limit, CancellationToken cancellation)
    {
        var size = Math.Clamp(limit ?? 100, 1, options.Value.Limits.PageSize);
        return await AskAsync(new ListMembers(FeedId.Of(room), after, size), cancellation) switch
        {
            MemberPage page => new MemberList(
                room.Value, page.Total,
                [.. page.Members.Select(member => new RoomMember(member.Socket.Value, member.Node.ToString(), member.JoinedAt))],
                page.More ? page.Members[^1].Socket.Value : null),
            var other => throw Answers.Refusal(other),
        };
    }

    // A socket's own room needs no room entity: the session gets it (contract R-1). To nobody is no error.
    private async Task<Receipt> SendAsync(SocketId socket, EventName name, ReadOnlyMemory<byte> data, SocketId? omit, CancellationToken cancellation)
    {
        if (omit == socket)
            return new Receipt(socket.Value, 0, 0, 0);
        return await sockets.AskAsync(new SendToSocket(socket, name, data), cancellation) switch
        {
            SocketDone => new Receipt(socket.Value, 0, 0, 1),
            UnknownSocket => new Receipt(socket.Value, 0, 0, 0),
            var other => throw new UnreachableException($"{other} is no answer to a direct message."),
        };
    }

    private Task<IFeedReply> AskAsync(IWithFeed message, CancellationToken cancellation) =>
        Answers.WithinAsync(() => region.ActorRef.Ask<IFeedReply>(message, options.Value.AnswerWithin, cancellation), message.Feed);
}
