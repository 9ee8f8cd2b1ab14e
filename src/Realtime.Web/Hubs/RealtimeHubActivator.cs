using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Hubs;

/// <summary>Makes the hub for a call without a look-up of each of its parts, which costs as much as a short call itself.</summary>
internal sealed class RealtimeHubActivator(HubParts parts) : IHubActivator<RealtimeHub>
{
    public RealtimeHub Create() => new(parts);

    public void Release(RealtimeHub hub) => hub.Dispose();
}
