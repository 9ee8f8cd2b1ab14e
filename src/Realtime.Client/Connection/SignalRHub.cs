using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Realtime.Client.Connection;

/// <summary>A connection by SignalR.</summary>
internal sealed class SignalRHub : IHub
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Cut _cut;

    private SignalRHub(HubConnection connection, Cut cut)
    {
        (_connection, _cut) = (connection, cut);
        _connection.Closed += error =>
        {
            _closed.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    public Task<Exception?> Closed => _closed.Task;

    public static IHub Create(RealtimeClientOptions options, string? token, Action<string, JsonElement> received)
    {
        var builder = new HubConnectionBuilder().WithUrl(Address(options), http =>
        {
            http.Transports = options.Transports;
            // A WebSocket needs no negotiation, which spares a round trip and the need to reach the same server twice.
            http.SkipNegotiation = options.Transports == HttpTransportType.WebSockets;
            if (token is not null)
                http.AccessTokenProvider = () => Task.FromResult<string?>(token);
            options.ConfigureConnection?.Invoke(http);
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<IHubProtocol>(new EnvelopeProtocol(received)));
        builder.Services.AddSingleton(options.LoggerFactory);
        var cut = Cut.Into(builder.Services);
        var connection = builder.Build();
        connection.ServerTimeout = options.ServerTimeout;
        connection.KeepAliveInterval = options.KeepAliveInterval;
        return new SignalRHub(connection, cut);
    }

    public Task StartAsync(CancellationToken cancellation) => _connection.StartAsync(cancellation);

    public async Task<JsonElement> InvokeAsync(string method, params object?[] arguments) =>
        await _connection.InvokeCoreAsync(method, typeof(object), arguments) is JsonElement answer ? answer : Nothing;

    public async ValueTask AbandonAsync()
    {
        await _cut.DisposeAsync();
        try
        {
            await _connection.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // It wanted to say goodbye, and found no connection to do so.
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // `envelope=2` asks for frames with positions and message ids; the rest says who we are (contract C-5).
    private static Uri Address(RealtimeClientOptions options) => new(
        $"{options.Service.AbsoluteUri.TrimEnd('/')}/{options.Path.TrimStart('/')}" +
        "?envelope=2&__sails_io_sdk_platform=dotnet&__sails_io_sdk_language=csharp");
}
