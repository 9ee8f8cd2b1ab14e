using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Testing.Clients;

/// <summary>The stock SignalR client of .NET, with either protocol.</summary>
public sealed class DotNetClient : IHubClient
{
    /// <summary>
    /// How long a server may take one that has left for lost: it sends its close message without waiting for that, and now and then its transport
    /// ends first. Then its resume window, of a minute, has to close.
    /// </summary>
    public static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(100);

    private DotNetClient(HubConnection connection) => Connection = connection;

    /// <summary>The client itself, for what this class does not offer.</summary>
    public HubConnection Connection { get; }

    /// <inheritdoc/>
    public Inbox Inbox { get; } = new();

    /// <summary>Connects.</summary>
    /// <param name="hub">Where the hub is.</param>
    /// <param name="protocol">How its messages are written.</param>
    /// <param name="events">The names of the events to listen for.</param>
    /// <param name="configure">Headers, transports and the like.</param>
    public static async Task<DotNetClient> ConnectAsync(
        Uri hub, HubProtocol protocol, IEnumerable<string> events, Action<HttpConnectionOptions>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(hub, configure ?? (_ => { }));
        if (protocol is HubProtocol.MessagePack)
            builder.AddMessagePackProtocol();
        var client = new DotNetClient(builder.Build());
        foreach (var name in events)
            client.Connection.On<object?>(name, data => client.Inbox.Add(new(name, AnyValue.ToJson(data))));
        try
        {
            await client.Connection.StartAsync();
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<JsonNode?> InvokeAsync(string method, params object?[] arguments) =>
        AnyValue.ToJson(await Connection.InvokeCoreAsync<object?>(method, arguments));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
