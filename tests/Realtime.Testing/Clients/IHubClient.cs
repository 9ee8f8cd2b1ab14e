using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Testing.Clients;

/// <summary>A client of the hub as others have made it, whatever its language and protocol.</summary>
public interface IHubClient : IAsyncDisposable
{
    /// <summary>The events it has received, of those it was told to listen for.</summary>
    Inbox Inbox { get; }

    /// <summary>Calls a hub method and returns its result as JSON; null for none.</summary>
    /// <exception cref="HubException">The hub refused, or failed.</exception>
    Task<JsonNode?> InvokeAsync(string method, params object?[] arguments);
}
