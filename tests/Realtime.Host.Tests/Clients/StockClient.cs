using Realtime.Testing.Clients;

namespace Realtime.Host.Tests.Clients;

/// <summary>The clients that others have made, and that everything has to work with.</summary>
public enum StockClient
{
    /// <summary>.NET with JSON.</summary>
    DotNetJson,

    /// <summary>.NET with MessagePack.</summary>
    DotNetMessagePack,

    /// <summary>JavaScript with JSON.</summary>
    JavaScriptJson,

    /// <summary>JavaScript with MessagePack.</summary>
    JavaScriptMessagePack,
}

/// <summary>Makes them.</summary>
public static class StockClients
{
    /// <summary>Each of them, for a theory.</summary>
    public static TheoryData<StockClient> All => [.. Enum.GetValues<StockClient>()];

    /// <summary>Connects a client that listens for these events.</summary>
    public static async Task<IHubClient> ConnectAsync(this StockClient client, Uri hub, params string[] events) => client switch
    {
        StockClient.DotNetJson => await DotNetClient.ConnectAsync(hub, HubProtocol.Json, events),
        StockClient.DotNetMessagePack => await DotNetClient.ConnectAsync(hub, HubProtocol.MessagePack, events),
        StockClient.JavaScriptJson => await NodeClient.ConnectAsync(hub, HubProtocol.Json, events),
        StockClient.JavaScriptMessagePack => await NodeClient.ConnectAsync(hub, HubProtocol.MessagePack, events),
        _ => throw new ArgumentOutOfRangeException(nameof(client), client, null),
    };
}
