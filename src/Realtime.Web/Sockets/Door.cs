using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Realtime.Web.Api;

namespace Realtime.Web.Sockets;

/// <summary>Asks the application's hooks before a client gets a connection (contract L-5). Negotiation counts as wanting one.</summary>
internal sealed class Door(IEnumerable<ISocketHooks> hooks, ILogger<Door> log)
{
    private static readonly RealtimeException Refusal = new(ErrorCodes.Forbidden, "The application does not let this client connect.");

    private readonly ISocketHooks[] _hooks = [.. hooks];

    /// <summary>Stands before an endpoint.</summary>
    public void Guard(EndpointBuilder endpoint)
    {
        if (_hooks.Length == 0 || endpoint.RequestDelegate is not { } inner)
            return;
        endpoint.RequestDelegate = async context =>
        {
            if (await AdmitsAsync(context))
                await inner(context);
            else
                await Problem.WriteAsync(context, Refusal);
        };
    }

    private async ValueTask<bool> AdmitsAsync(HttpContext handshake)
    {
        foreach (var hook in _hooks)
        {
            try
            {
                if (!await hook.MayConnectAsync(handshake))
                    return false;
            }
            catch (Exception fault) when (!handshake.RequestAborted.IsCancellationRequested)
            {
                Log.HookRefused(log, hook.GetType().Name, fault);
                return false;
            }
        }
        return true;
    }
}
