using System.Diagnostics;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Actors.Delivery;
using Realtime.Actors.Membership;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Web.Json;
using Realtime.Web.Sockets;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Rooms;

/// <summary>Asks the room shard region, and the sessions of sockets.</summary>
internal sealed class Rooms(
    IRequiredActor<RoomRegion> region, SocketRouter sockets, RoomMembers everybody, RoomDirectory directory, IOptions<RealtimeOptions> options) : IRooms
{
    private const int UsualPage = 100;

    public Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, CancellationToken cancellation) => JoinAsync(socket, room, default, cancellation);

    public async Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, ReadOnlyMemory<byte> presence, CancellationToken cancellation)
    {
        if (room.Value == socket.Value)
        {
            Limits.CheckPresence(room, presence, options.Value);
            return new RoomPlace(room.Value, 0, 0, 1); // it is there already (contract R-1)
        }
        return RoomCommands.PlaceOf(await sockets.AskAsync(RoomCommands.Join(socket, room, presence, options.Value), cancellation), socket, room);
    }

    public async Task LeaveAsync(SocketId socket, RoomName room, CancellationToken cancellation)
    {
        var answer = await sockets.AskAsync(RoomCommands.Leave(socket, room), cancellation);
        if (answer is Left || (answer is UnknownSocket && await everybody.LeaveAsync(FeedId.Of(room), socket, cancellation)))
            return;
        throw Answers.Refusal(answer, socket);
    }

    public async Task<IReadOnlyList<RoomPlace>> JoinAsync(IReadOnlyCollection<SocketId> sockets, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation)
    {
        RoomCommands.RefuseOwnRooms([.. rooms]);
        return await Task.WhenAll(Pairs(sockets, rooms).Select(pair => JoinAsync(pair.Socket, pair.Room, cancellation)));
    }

    public Task LeaveAsync(IReadOnlyCollection<SocketId> sockets, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation)
    {
        RoomCommands.RefuseOwnRooms([.. rooms]);
        return Task.WhenAll(Pairs(sockets, rooms).Select(pair => LeaveAsync(pair.Socket, pair.Room, cancellation)));
    }

    public async Task LeaveAllAsync(SocketId socket, CancellationToken cancellation)
    {
        if (await sockets.AskAsync(new LeaveEverything(socket), cancellation) is not SocketDone and var other)
            throw Answers.Refusal(other, socket);
    }

    public Task<Receipt> BroadcastAsync(
        RoomName room, EventName name, ReadOnlyMemory<byte> data, SocketId? omit, string? key, bool transient, CancellationToken cancellation)
    {
        Limits.CheckPayload(data, options.Value);
        return SayAsync(new Broadcast(room, name, data, omit, key, IsTransient: transient), cancellation);
    }

    public Task<Receipt> BroadcastAsync<T>(
        RoomName room, EventName name, T data, SocketId? omit, string? key, bool transient, CancellationToken cancellation) =>
        // As memory: an array would be taken for data again, without end.
        BroadcastAsync(room, name, new ReadOnlyMemory<byte>(RealtimeJson.Write(data)), omit, key, transient, cancellation);

    public async Task<IReadOnlyList<Receipt>> BroadcastAsync(
        IReadOnlyCollection<RoomName> rooms, EventName name, ReadOnlyMemory<byte> data, SocketId? omit, string? key, CancellationToken cancellation)
    {
        Limits.CheckPayload(data, options.Value);
        var id = MessageIds.Of(key);
        return await Task.WhenAll(rooms.Distinct().Select(room => SayAsync(new Broadcast(room, name, data, omit, key, id), cancellation)));
    }

    public async Task<int> BlastAsync(EventName name, ReadOnlyMemory<byte> data, SocketId? omit, string? key, CancellationToken cancellation)
    {
        Limits.CheckPayload(data, options.Value);
        Limits.CheckJson(data);
        var heard = await sockets.BlastAsync(new Blast(name, data, omit, MessageIds.Of(key)), cancellation);
        SaidMeanwhile.NoteSockets();
        return heard;
    }

    public Task<int> AddMembersToRoomsAsync(RoomName source, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation)
    {
        RoomCommands.RefuseOwnRooms([.. rooms]);
        return everybody.ForEachAsync(source, socket => [.. rooms.Select(room => new JoinSocket(socket, room))], cancellation);
    }

    public Task<int> RemoveMembersFromRoomsAsync(RoomName source, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation)
    {
        RoomCommands.RefuseOwnRooms([.. rooms]);
        return everybody.ForEachAsync(source, socket => [.. rooms.Select(room => new LeaveSocket(socket, room))], cancellation);
    }

    public Task<int> LeaveAllAsync(RoomName room, CancellationToken cancellation) =>
        everybody.ForEachAsync(room, socket => [new LeaveEverything(socket)], cancellation);

    public Task<RoomList> ListAsync(string? prefix, RoomName? after, int? limit, CancellationToken cancellation) =>
        directory.PageAsync(prefix ?? string.Empty, after, PageOf(limit), cancellation);

    public async Task<RoomInfo> DescribeAsync(RoomName room, CancellationToken cancellation) =>
        await AskAsync(new Describe(FeedId.Of(room)), cancellation) switch
        {
            FeedDescription found => new RoomInfo(room.Value, found.Position.Epoch, found.Position.Seq, found.Members, found.History),
            var other => throw Answers.Refusal(other),
        };

    public async Task<MemberList> MembersAsync(RoomName room, SocketId? after, int? limit, CancellationToken cancellation) =>
        await AskAsync(new ListMembers(FeedId.Of(room), after, PageOf(limit)), cancellation) switch
        {
            MemberPage page => new MemberList(
                room.Value, page.Total,
                [.. page.Members.Select(member => new RoomMember(member.Socket.Value, member.Node.ToString(), member.JoinedAt))],
                page.More ? page.Members[^1].Socket.Value : null),
            var other => throw Answers.Refusal(other),
        };

    public async Task<PresenceList> PresenceAsync(RoomName room, SocketId? after, int? limit, CancellationToken cancellation)
    {
        Limits.CheckHasPresence(room, options.Value);
        return await AskAsync(new ListMembers(FeedId.Of(room), after, PageOf(limit)), cancellation) switch
        {
            MemberPage page => new PresenceList(
                room.Value, [.. page.Members.Select(ToPresent)], page.More ? page.Members[^1].Socket.Value : null),
            var other => throw Answers.Refusal(other),
        };
    }

    public async Task<MessageList> HistoryAsync(RoomName room, Position? after, int? limit, CancellationToken cancellation) =>
        await AskAsync(new ReadHistory(FeedId.Of(room), after, PageOf(limit)), cancellation) switch
        {
            HistoryPage page => new MessageList(
                room.Value, page.Position.Epoch, page.Position.Seq, page.Complete,
                [.. page.Messages.Select(message => new RoomMessage(message.Seq, message.Event.Value, JsonElement.Parse(message.Data.Span)))],
                page.More),
            var other => throw Answers.Refusal(other),
        };

    private async Task<Receipt> SayAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        if (SocketId.TryParse(broadcast.Room.Value, out var socket))
            return await SendAsync(new SendToSocket(socket, broadcast.Event, broadcast.Data, broadcast.MessageId), broadcast.Omit, cancellation);
        return await AskAsync(broadcast, cancellation) switch
        {
            Published published => ReceiptFor(broadcast.Room, published),
            var other => throw Answers.Refusal(other),
        };
    }

    // A socket's own room needs no room entity: the session gets it (contract R-1). To nobody is no error.
    private async Task<Receipt> SendAsync(SendToSocket send, SocketId? omit, CancellationToken cancellation)
    {
        Limits.CheckJson(send.Data);
        if (omit == send.Socket)
            return new Receipt(send.Socket.Value, 0, 0, 0);
        return await sockets.AskAsync(send, cancellation) switch
        {
            SocketDone => ReceiptFor(send.Socket),
            UnknownSocket => new Receipt(send.Socket.Value, 0, 0, 0),
            var other => throw new UnreachableException($"{other} is no answer to a direct message."),
        };
    }

    private static Receipt ReceiptFor(RoomName room, Published published)
    {
        SaidMeanwhile.Note(published);
        return new Receipt(room.Value, published.Position.Epoch, published.Position.Seq, published.Members);
    }

    private static Receipt ReceiptFor(SocketId socket)
    {
        SaidMeanwhile.NoteSockets();
        return new Receipt(socket.Value, 0, 0, 1);
    }

    private static PresentMember ToPresent(Member member) => new(
        member.Socket.Value, member.Presence?.User,
        member.Presence is { Data: { IsEmpty: false } data } ? JsonElement.Parse(data.Span) : null,
        member.JoinedAt);

    private static IEnumerable<(SocketId Socket, RoomName Room)> Pairs(IReadOnlyCollection<SocketId> sockets, IReadOnlyCollection<RoomName> rooms) =>
        sockets.Distinct().SelectMany(socket => rooms.Distinct().Select(room => (socket, room)));

    private int PageOf(int? limit) => Math.Clamp(limit ?? UsualPage, 1, options.Value.Limits.PageSize);

    private Task<IFeedReply> AskAsync(IWithFeed message, CancellationToken cancellation) =>
        Answers.WithinAsync(() => region.ActorRef.Ask<IFeedReply>(message, options.Value.AnswerWithin, cancellation), message.Feed);
}
