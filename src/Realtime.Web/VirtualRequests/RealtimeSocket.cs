using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// The socket that a request came over. Declare a parameter of this type in an endpoint or an action to get it (contract
/// V-9): a request that came over plain HTTP is then answered with 400, unless the parameter is nullable.
/// </summary>
/// <param name="Id">What rooms and others know it by.</param>
[ModelBinder(typeof(RealtimeSocketBinder))]
public sealed record RealtimeSocket(SocketId Id)
{
    /// <summary>The socket of a request; null when it came over plain HTTP.</summary>
    public static RealtimeSocket? Of(HttpContext context) =>
        context.Features.Get<ISocketFeature>() is { } feature ? new RealtimeSocket(feature.Socket) : null;

    /// <summary>Called by endpoints with a parameter of this type.</summary>
    public static ValueTask<RealtimeSocket?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
