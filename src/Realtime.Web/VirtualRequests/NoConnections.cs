using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Realtime.Web.Api;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// Keeps what needs a connection of its own out of virtual requests: no hub is called through a hub, and nothing is upgraded.
/// Stands where routing puts the endpoint that it found, so that nothing of it runs.
/// </summary>
internal sealed class NoConnections(ResponseSide response) : IEndpointFeature, IHttpWebSocketFeature, IHttpUpgradeFeature
{
    private static readonly Endpoint Refused = new(
        context => Problem.WriteAsync(context, new RealtimeException(ErrorCodes.NotSupported, "A hub cannot be called over a socket: connect to it.")),
        EndpointMetadataCollection.Empty,
        "A hub, over a socket");

    private Endpoint? _endpoint;

    /// <inheritdoc/>
    public Endpoint? Endpoint
    {
        get => _endpoint;
        set => _endpoint = IsHub(value) ? Refused : value;
    }

    bool IHttpWebSocketFeature.IsWebSocketRequest => false;

    bool IHttpUpgradeFeature.IsUpgradableRequest => false;

    Task<System.Net.WebSockets.WebSocket> IHttpWebSocketFeature.AcceptAsync(WebSocketAcceptContext context) => throw Upgrade();

    Task<Stream> IHttpUpgradeFeature.UpgradeAsync() => throw Upgrade();

    private static bool IsHub(Endpoint? endpoint) =>
        endpoint is not null && (endpoint.Metadata.GetMetadata<HubMetadata>() is not null || endpoint.Metadata.GetMetadata<NegotiateMetadata>() is not null);

    private RealtimeException Upgrade() =>
        response.Refuse(new(ErrorCodes.NotSupported, "This needs a connection of its own: call it over HTTP."));
}
