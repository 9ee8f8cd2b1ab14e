using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>SignalR in one process: a group, and a send to it from a hub method.</summary>
internal sealed record SignalRTarget(string Name, string Title, HubProtocol Protocol) : Target(Name, Title)
{
    /// <summary>No: each hub call walks the group by itself, so two calls at once reach two members in two orders.</summary>
    internal override bool HasCommonOrder => false;

    internal override Task<string> PrepareAsync(Workplace place, CancellationToken stop) => SignalRPeer.PublishAsync(place, stop);

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var server = await SignalRPeer.StartAsync(place, address, [], stop);
        return new RunningTarget([server], Open, count => new SocketPublisher(place.Loop, count, Open));

        Client Open(int index, IClientEvents events) => Protocol.Open(place.Loop, new Site(address, SignalRPeer.Path, index), events);
    }
}
