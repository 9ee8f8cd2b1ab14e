using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Realtime.Web.Transport.Opening;

/// <summary>
/// Lets a hub go on with a server's connection when the HTTP request that opened its WebSocket has ended. Else the request, its
/// context, the states of all middleware and the server's HTTP machinery would live as long as the WebSocket does: a quarter of what
/// a connection weighs.
/// </summary>
internal sealed class Handover : IConnectionHeartbeatFeature
{
    private readonly IConnectionHeartbeatFeature? _heartbeat;
    private (Action<object> Action, object State)[] _http = [];
    private Func<Task>? _hub;

    private Handover(ConnectionContext connection)
    {
        (Connection, Transport, _heartbeat) = (connection, connection.Transport, connection.Features.Get<IConnectionHeartbeatFeature>());
        connection.Features.Set<IConnectionHeartbeatFeature>(this);
        connection.Features.Set(this);
    }

    /// <summary>The server's connection.</summary>
    public ConnectionContext Connection { get; }

    /// <summary>The bytes that the hub would get. HTTP may see others: with TLS between, there is nothing to hand over.</summary>
    public IDuplexPipe Transport { get; }

    /// <summary>The middleware of a server's connections. Of two that see the same bytes, the outer one is in charge.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate http) => connection =>
        ReferenceEquals(connection.Features.Get<Handover>()?.Transport, connection.Transport)
            ? http(connection)
            : new Handover(connection).RunAsync(http);

    /// <summary>Has the connection given to the hub when the request has ended.</summary>
    /// <param name="hub">What serves the connection from then on, to its end.</param>
    public void To(Func<Task> hub) => _hub = hub;

    /// <summary>HTTP asks to be woken, for its own time limits: after the handover there are none, and nothing may hold on to it.</summary>
    public void OnHeartbeat(Action<object> action, object state)
    {
        if (_http.Length == 0)
            _heartbeat?.OnHeartbeat(static handover => ((Handover)handover).Beat(), this);
        Volatile.Write(ref _http, [.. _http, (action, state)]);
    }

    private async Task RunAsync(ConnectionDelegate http)
    {
        await http(Connection).ConfigureAwait(false);
        if (_hub is { } hub)
        {
            (_http, _hub) = ([], null);
            await hub().ConfigureAwait(false);
        }
    }

    private void Beat()
    {
        foreach (var (action, state) in Volatile.Read(ref _http))
            action(state);
    }
}
