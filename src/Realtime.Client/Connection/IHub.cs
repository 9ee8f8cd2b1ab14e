using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Client.Connection;

/// <summary>One connection to the hub: what this library needs of it, so that tests can be one.</summary>
internal interface IHub : IAsyncDisposable
{
    /// <summary>Completes when the connection has ended, with the reason if there is one.</summary>
    Task<Exception?> Closed { get; }

    Task StartAsync(CancellationToken cancellation);

    /// <summary>
    /// Ends the connection as if it had been lost: the server goes on waiting for this client. To dispose of it says goodbye, and the
    /// server forgets this client at once.
    /// </summary>
    ValueTask AbandonAsync();

    /// <summary>Calls a method; the answer is JSON, null for none.</summary>
    /// <exception cref="HubException">The hub refused. Any other exception means that the connection has ended, or is about to.</exception>
    Task<JsonElement> InvokeAsync(string method, params object?[] arguments);
}

/// <summary>Makes a connection that is not started yet. One is made for every attempt, so that a late word of an old one is recognised.</summary>
/// <param name="options">The settings.</param>
/// <param name="token">The bearer token, if there is one.</param>
/// <param name="received">Gets target and arguments of each message of the server, in order, before anything that came after it.</param>
internal delegate IHub HubFactory(RealtimeClientOptions options, string? token, Action<string, JsonElement> received);
