using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Web.Sockets;

namespace Realtime.Web.Rooms;

/// <summary>Does something for every member of a room, page by page, and waits until it is in effect.</summary>
internal sealed class RoomMembers(IRequiredActor<RoomRegion> region, SocketRouter sockets, IOptions<RealtimeOptions> options)
{
    private const int Page = 500;

    /// <summary>Sends commands to each member's session; returns for how many members.</summary>
    /// <exception cref="RealtimeException">A room or node did not answer in time: some members are done, some are not. To retry is safe.</exception>
    public async Task<int> ForEachAsync(RoomName room, Func<SocketId, ISocketCommand[]> commands, CancellationToken cancellation)
    {
        if (SocketId.TryParse(room.Value, out var only))
            return await DoAsync(room, only, commands(only), cancellation) ? 1 : 0; // a socket's own room (contract R-20)
        var (done, after) = (0, (SocketId?)null);
        while (true)
        {
            var page = await NextAsync(room, after, cancellation);
            var results = await Task.WhenAll(page.Members.Select(member => DoAsync(room, member.Socket, commands(member.Socket), cancellation)));
            done += results.Count(result => result);
            if (!page.More)
                return done;
            after = page.Members[^1].Socket;
        }
    }

    private async Task<MemberPage> NextAsync(RoomName room, SocketId? after, CancellationToken cancellation)
    {
        var list = new ListMembers(FeedId.Of(room), after, Page);
        var answer = await Answers.WithinAsync(() => region.ActorRef.Ask<IFeedReply>(list, options.Value.AnswerWithin, cancellation), list.Feed);
        return answer as MemberPage ?? throw Answers.Refusal(answer);
    }

    private async Task<bool> DoAsync(RoomName source, SocketId socket, ISocketCommand[] commands, CancellationToken cancellation)
    {
        var isKnown = false;
        foreach (var command in commands)
        {
            var answer = await sockets.AskAsync(command, cancellation);
            if (answer is MemberRefused)
                throw Answers.Refusal(answer, socket);
            isKnown |= answer is not UnknownSocket;
            if (answer is UnknownSocket && LeftBy(command, source) is { } room)
                isKnown |= await LeaveAsync(room, socket, cancellation);
        }
        return isKnown;
    }

    /// <summary>
    /// Ends the membership of a socket that no node has a session of: its node was lost, and it may still come back. So its membership is
    /// the room's own to end.
    /// </summary>
    /// <returns>Whether it was a member.</returns>
    /// <exception cref="RealtimeException">The room did not take it: to retry is safe.</exception>
    public async Task<bool> LeaveAsync(FeedId room, SocketId socket, CancellationToken cancellation)
    {
        var leave = new Leave(room, socket);
        return await Answers.WithinAsync(() => region.ActorRef.Ask<IFeedReply>(leave, options.Value.AnswerWithin, cancellation), room) switch
        {
            Left left => left.WasMember,
            var other => throw Answers.Refusal(other, socket),
        };
    }

    private static FeedId? LeftBy(ISocketCommand command, RoomName source) => command switch
    {
        LeaveSocket leave => FeedId.Of(leave.Room),
        LeaveEverything => FeedId.Of(source),
        _ => null,
    };
}
