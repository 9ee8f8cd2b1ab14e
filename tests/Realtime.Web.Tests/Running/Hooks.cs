using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Sockets;

namespace Realtime.Web.Tests.Running;

/// <summary>Lets nobody in who says <c>?knock=no</c>, and writes down who has gone.</summary>
internal sealed class Hooks : ISocketHooks
{
    public ConcurrentDictionary<string, FormerSocket> Gone { get; } = new();

    /// <summary>What it waits for before it is done with one that has gone, whatever it is told.</summary>
    public Task Done { get; set; } = Task.CompletedTask;

    public ValueTask<bool> MayConnectAsync(HttpContext handshake) => new(handshake.Request.Query["knock"] != "no");

    public ValueTask GoneAsync(FormerSocket socket, CancellationToken cancellation)
    {
        Gone[socket.Id.Value] = socket;
        return new(Done);
    }
}

/// <summary>Fails for all that have gone, and for whoever says <c>?knock=hard</c>.</summary>
internal sealed class BrokenHooks : ISocketHooks
{
    public ValueTask<bool> MayConnectAsync(HttpContext handshake) =>
        handshake.Request.Query["knock"] == "hard" ? throw new InvalidOperationException("The door is broken.") : new(true);

    public ValueTask GoneAsync(FormerSocket socket, CancellationToken cancellation) => throw new InvalidOperationException("Nobody listens.");
}
