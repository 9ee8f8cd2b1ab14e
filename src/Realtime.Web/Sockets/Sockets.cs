using Microsoft.Extensions.Options;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Sockets;

/// <summary>Asks the sessions of sockets.</summary>
internal sealed class Sockets(SocketRouter router, IOptions<RealtimeOptions> options) : ISockets
{
    public async Task<SocketInfo> DescribeAsync(SocketId socket, CancellationToken cancellation) =>
        await router.AskAsync(new DescribeSocket(socket), cancellation) switch
        {
            SocketDescription found => new SocketInfo(
                found.Socket.Value, found.Node.ToString(), found.IsConnected, found.Since,
                [.. found.Feeds.Where(feed => !feed.IsTopic).Select(feed => feed.Key)]),
            var other => throw Answers.Refusal(other, socket),
        };

    public async Task SendAsync(SocketId socket, EventName name, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        Limits.CheckPayload(data, options.Value);
        Limits.CheckJson(data);
        if (await router.AskAsync(new SendToSocket(socket, name, data), cancellation) is not SocketDone and var other)
            throw Answers.Refusal(other, socket);
    }

    public async Task DisconnectAsync(SocketId socket, CancellationToken cancellation)
    {
        if (await router.AskAsync(new DisconnectSocket(socket), cancellation) is not SocketDone and var other)
            throw Answers.Refusal(other, socket);
    }
}
