using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.VirtualRequests;

/// <summary>One virtual request and its answer, as features: what a web server hands to an application.</summary>
internal sealed class Exchange
{
    // Ours, and what the application adds on the way, without growing.
    private const int Capacity = 23;

    public Exchange(VirtualRequest request, SocketRequests client, VirtualRequestSettings options, SessionTurns sessions, CancellationToken gone)
    {
        (Request, Client, Gone) = (request, client, gone);
        Lifetime = new RequestLifetime(options.AnswerWithin, gone);
        Response = new ResponseSide(options.ResponseBytes, Lifetime.Abort);
        var (asked, connections) = (new RequestSide(request, client), new NoConnections(Response));
        var turns = options.SessionTurns && client.Handshake.HasSession ? sessions : null;
        Features = new SocketFeatures(Capacity, client.Handshake, turns, Lifetime.End);
        Features.Set<IHttpRequestFeature>(asked);
        Features.Set<IHttpRequestBodyDetectionFeature>(asked);
        Features.Set<IHttpConnectionFeature>(asked);
        Features.Set<ISocketFeature>(asked);
        Features.Set<IHttpRequestLifetimeFeature>(Lifetime);
        Features.Set<IHttpResponseFeature>(Response);
        Features.Set<IHttpResponseBodyFeature>(Response.Content);
        Features.Set(turns?.Endpoints.InFrontOf(connections) ?? connections);
        Features.Set<IHttpWebSocketFeature>(connections);
        Features.Set<IHttpUpgradeFeature>(connections);
        if (client.Handshake.Certificate is { } certificate)
            Features.Set(certificate);
    }

    public VirtualRequest Request { get; }

    public SocketRequests Client { get; }

    /// <summary>Cancelled when nobody wants the answer any more.</summary>
    public CancellationToken Gone { get; }

    public RequestLifetime Lifetime { get; }

    public ResponseSide Response { get; }

    public SocketFeatures Features { get; }
}
