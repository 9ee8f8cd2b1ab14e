using System.Net;
using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>
/// Two SignalR nodes behind a Redis backplane, members spread evenly. All three processes share the servers' CPU, and all count.
/// </summary>
internal sealed record SignalRRedisTarget() : Target("signalr-redis", "SignalR + Redis, 2 nodes")
{
    private const string Redis = "/usr/bin/redis-server";

    internal override async Task<string> PrepareAsync(Workplace place, CancellationToken stop)
    {
        await Tools.NeedAsync(Redis, "redis-server", stop);
        var redis = (await Tools.RunAsync(Redis, "--version", stop)).Split(' ')[2].Replace("v=", "", StringComparison.Ordinal);
        return $"{await SignalRPeer.PublishAsync(place, stop)}, Redis {redis}";
    }

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var store = Workplace.FreeAddress();
        var redis = await ServerProcess.Start(
            place, Redis, ["--bind", "127.0.0.1", "--port", $"{store.Port}", "--save", "", "--dir", place.NewFolder()])
            .ListensAsync(store, stop);
        IPEndPoint[] nodes = [Workplace.FreeAddress(), Workplace.FreeAddress()];
        var servers = new List<ServerProcess> { redis };
        foreach (var node in nodes)
            servers.Add(await SignalRPeer.StartAsync(place, node, ["--redis", $"{store}"], stop));
        return new RunningTarget(servers, Open, count => new SocketPublisher(place.Loop, count, Open));

        Client Open(int index, IClientEvents events) =>
            HubProtocol.Json.Open(place.Loop, new Site(nodes[index % nodes.Length], SignalRPeer.Path, index), events);
    }
}
