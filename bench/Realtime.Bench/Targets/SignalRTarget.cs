using System.Net;
using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>SignalR in one process: a group, and a send to it from a hub method.</summary>
internal sealed record SignalRTarget(string Name, string Title, HubProtocol Protocol) : Target(Name, Title)
{
    /// <summary>No: each hub call walks the group by itself, so two calls at once reach two members in two orders.</summary>
    internal override bool HasCommonOrder => false;

    internal override Task<string> PrepareAsync(Workplace place, CancellationToken stop) => SignalRPeer.BuildAsync(place, stop);

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var server = await SignalRPeer.Start(place, address).ListensAsync(address, stop);
        return new RunningTarget([server], Open, count => new SocketPublisher(place.Loop, count, Open));

        Client Open(int index, IClientEvents events) => Protocol.Open(place.Loop, new Site(address, SignalRPeer.Path, index), events);
    }
}

/// <summary>The peer's program.</summary>
internal static class SignalRPeer
{
    internal const string Path = "/realtime";

    internal static async Task<string> BuildAsync(Workplace place, CancellationToken stop)
    {
        await Tools.BuildAsync(Project(place), stop);
        return $"ASP.NET Core {await Tools.AspNetVersionAsync(stop)}";
    }

    internal static ServerProcess Start(Workplace place, IPEndPoint address, params string[] further) =>
        ServerProcess.Start(place, "dotnet", [Assembly(place), "--urls", $"http://{address}", .. further]);

    private static string Project(Workplace place) => System.IO.Path.Combine(place.Peers, "signalr", "SignalRPeer.csproj");

    private static string Assembly(Workplace place) =>
        System.IO.Path.Combine(place.Peers, "signalr", "bin", "Release", "net10.0", "SignalRPeer.dll");
}
