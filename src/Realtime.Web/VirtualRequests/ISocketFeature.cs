namespace Realtime.Web.VirtualRequests;

/// <summary>
/// Present in <c>HttpContext.Features</c> when a request came over a socket (a virtual request, contract V-9); absent
/// over plain HTTP.
/// </summary>
public interface ISocketFeature
{
    /// <summary>The socket that sent the request.</summary>
    SocketId Socket { get; }
}
