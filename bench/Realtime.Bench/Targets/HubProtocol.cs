using Realtime.Bench.Clients;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Targets;

/// <summary>Which of SignalR's hub protocols the members speak.</summary>
internal sealed record HubProtocol(Func<EventLoop, Site, IClientEvents, Client> Open)
{
    internal static HubProtocol Json { get; } = new((loop, site, events) => new SignalRJsonClient(loop, site, events));

    internal static HubProtocol MessagePack { get; } = new((loop, site, events) => new SignalRMessagePackClient(loop, site, events));
}
