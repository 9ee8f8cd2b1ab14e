using System.Net;
using Realtime.Bench.Clients;
using Realtime.Bench.Load;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Targets;

/// <summary>Our service as it ships: the host process, its embedded database in a new folder, members through the hub.</summary>
internal sealed record RealtimeTarget(string Name, string Title, HubProtocol Protocol) : Target(Name, Title)
{
    private const string ApiKey = "bench-key-that-only-lives-for-a-run";

    /// <summary>Plain JSON frames, published over HTTP: what the targets of the project are set for.</summary>
    internal static RealtimeTarget Plain { get; } = new("realtime", "Realtime", HubProtocol.Json);

    /// <summary>The source tree that is built and run; null for the one at hand.</summary>
    internal string? Tree { get; init; }

    /// <summary>Whether members ask for enveloped frames, which carry positions.</summary>
    internal bool Enveloped { get; init; }

    /// <summary>Whether broadcasts are asked for by the hub method, as SignalR's are, rather than over HTTP.</summary>
    internal bool FromHub { get; init; }

    /// <summary>Nodes of the cluster; one stands alone, with its embedded database.</summary>
    internal int Nodes { get; init; } = 1;

    internal override bool Covers(Curve curve) => true;

    internal override async Task<string> PrepareAsync(Workplace place, CancellationToken stop)
    {
        await Tools.BuildAsync(Path.Combine(Folder(place), "Realtime.Host.csproj"), stop);
        return await Tools.RunAsync("git", $"-C {Tree ?? place.Repository} describe --always --dirty --abbrev=10", stop);
    }

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var assembly = Path.Combine(Folder(place), "bin", "Release", "net10.0", "Realtime.Host.dll");
        var server = ServerProcess.Start(
            place, "dotnet",
            [
                assembly, "--urls", $"http://{address}", "--Realtime:Data", place.NewFolder(),
                "--Realtime:Auth:ApiKeys:0", ApiKey, "--Realtime:Auth:AnonymousClients", "true",
            ]);
        await server.AnswersAsync($"http://{address}/health/ready", stop);
        return new RunningTarget([server], Open, count => FromHub
            ? new SocketPublisher(place.Loop, count, Open)
            : new HttpPublisher(place.Loop, address, Publication));

        Client Open(int index, IClientEvents events) =>
            Protocol.Open(place.Loop, new Site(address, Enveloped ? "/realtime?envelope=1" : "/realtime", index), events);
    }

    private static HttpPublication Publication { get; } = new(
        room => $"/api/rooms/{room}/broadcast",
        $"Content-Type: application/json\r\nX-Api-Key: {ApiKey}\r\n",
        payload => $"{{\"event\":\"tick\",\"data\":\"{payload}\"}}");

    private string Folder(Workplace place) => Path.Combine(Tree ?? place.Repository, "src", "Realtime.Host");
}
