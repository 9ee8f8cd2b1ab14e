using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.VirtualRequests;

/// <summary>A virtual request as the application sees it: the features that a web server gives for a request.</summary>
internal sealed class RequestSide : IHttpRequestFeature, IHttpRequestBodyDetectionFeature, IHttpConnectionFeature, ISocketFeature
{
    public RequestSide(VirtualRequest request, SocketRequests client)
    {
        var handshake = client.Handshake;
        handshake.Complete(request.Headers, request.Target.Path);
        (Socket, Scheme, Protocol) = (client.Socket, handshake.Scheme, handshake.Protocol);
        (Method, Path, QueryString, RawTarget) = (request.Method, request.Target.Path.Value!, request.Target.Query, request.Target.Raw);
        (Headers, CanHaveBody) = (request.Headers, request.Body.Length > 0);
        Body = MemoryMarshal.TryGetArray(request.Body, out var bytes) && bytes.Array is not null
            ? new MemoryStream(bytes.Array, bytes.Offset, bytes.Count, writable: false)
            : Stream.Null;
        ConnectionId = handshake.ConnectionId;
        (RemoteIpAddress, RemotePort) = (handshake.RemoteAddress, handshake.RemotePort);
        (LocalIpAddress, LocalPort) = (handshake.LocalAddress, handshake.LocalPort);
    }

    public SocketId Socket { get; }

    public string Protocol { get; set; }

    public string Scheme { get; set; }

    public string Method { get; set; }

    public string PathBase { get; set; } = string.Empty;

    public string Path { get; set; }

    public string QueryString { get; set; }

    public string RawTarget { get; set; }

    public IHeaderDictionary Headers { get; set; }

    public Stream Body { get; set; }

    /// <summary>Whatever the verb: GET and DELETE may bind their data (contract V-10).</summary>
    public bool CanHaveBody { get; }

    public string ConnectionId { get; set; }

    public IPAddress? RemoteIpAddress { get; set; }

    public IPAddress? LocalIpAddress { get; set; }

    public int RemotePort { get; set; }

    public int LocalPort { get; set; }
}
