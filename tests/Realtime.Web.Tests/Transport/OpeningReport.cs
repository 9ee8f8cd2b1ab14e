using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.Tests.Transport;

/// <summary>What a hub can know of the request that opened its connection, without what differs from connection to connection.</summary>
internal static class OpeningReport
{
    public static string Of(HttpContext http, IFeatureCollection connection)
    {
        var request = http.Request;
        var local = (IPEndPoint?)connection.Get<IConnectionEndPointFeature>()?.LocalEndPoint;
        return string.Join('\n',
        [
            $"{request.Method} {request.Scheme} {request.Host} {request.PathBase} {request.Path} {request.QueryString} {request.Protocol}",
            $"raw {http.Features.Get<IHttpRequestFeature>()!.RawTarget} websocket {http.WebSockets.IsWebSocketRequest}",
            .. request.Headers.Where(header => header.Key != "Sec-WebSocket-Key").OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"header {header}"),
            $"query {request.Query["user"]} cookie {request.Cookies["c"]} route {http.GetRouteValue("tenant")} status {http.Response.StatusCode}",
            $"user {http.User.Identity?.Name} result {http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Succeeded}",
            $"endpoint {http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.SignalR.HubMetadata>()?.HubType.Name}",
            $"item {http.Items["note"]} feature {http.Features.Get<string>()} trace {http.TraceIdentifier.Length > 0}",
            $"{http.Connection.RemoteIpAddress} {http.Connection.LocalIpAddress} {http.Connection.LocalPort} {http.Connection.RemotePort > 0}",
            $"{connection.Get<IHttpConnectionFeature>()?.LocalPort} {local?.Port} aborted {http.RequestAborted.IsCancellationRequested}",
        ]);
    }
}
