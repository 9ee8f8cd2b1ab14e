using System.Globalization;
using System.Net;
using Realtime.Bench.Clients;
using Realtime.Bench.Load;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Targets;

/// <summary>Our service as it ships: the host process, its database in a new folder, members through the hub.</summary>
internal sealed record RealtimeTarget(string Name, string Title, HubProtocol Protocol) : Target(Name, Title)
{
    private const string ApiKey = "a-key-that-lives-as-long-as-a-run";

    /// <summary>Plain JSON frames, published over HTTP: what the targets of the project are set for.</summary>
    internal static RealtimeTarget Plain { get; } = new("realtime", "Realtime", HubProtocol.Json);

    /// <summary>Nodes that make no cluster: what it costs them to share a CPU, and nothing else.</summary>
    internal static RealtimeTarget Apart { get; } = Plain with { Name = "realtime-apart", Title = "Realtime, nodes by themselves", Clustered = false };

    /// <summary>The source tree that is built and run; null for the one at hand.</summary>
    internal string? Tree { get; init; }

    /// <summary>Whether members ask for enveloped frames, which carry positions.</summary>
    internal bool Enveloped { get; init; }

    /// <summary>Whether broadcasts are asked for by the hub method, as SignalR's are, rather than over HTTP.</summary>
    internal bool FromHub { get; init; }

    /// <summary>Whether memberships are kept in PostgreSQL rather than in the embedded database. A cluster always does.</summary>
    internal bool InPostgres { get; init; }

    /// <summary>Nodes, all on the servers' CPU; members are spread evenly.</summary>
    internal int Nodes { get; init; } = 1;

    /// <summary>Whether they make a cluster. Otherwise each is a service of its own, and everything is published to each.</summary>
    internal bool Clustered { get; init; } = true;

    private static HttpPublication Publication { get; } = new(
        room => $"/api/rooms/{room}/broadcast",
        $"Content-Type: application/json\r\nX-Api-Key: {ApiKey}\r\n",
        payload => $"{{\"event\":\"tick\",\"data\":\"{payload}\"}}");

    internal override int Services => Clustered ? 1 : Nodes;

    private bool IsCluster => Clustered && Nodes > 1;

    internal override bool Covers(Curve curve, int x) => Clustered || (curve.Key == "nodes" && x > 1);

    internal override async Task<string> PrepareAsync(Workplace place, CancellationToken stop)
    {
        await place.PublishAsync(Project(place), stop);
        return await Tools.RunAsync("git", $"-C {Tree ?? place.Repository} describe --always --dirty --abbrev=10", stop);
    }

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var postgres = InPostgres || IsCluster ? await PostgresServer.StartAsync(place, stop) : null;
        List<string> settings =
        [
            "--Realtime:Auth:ApiKeys:0", ApiKey, "--Realtime:Auth:AnonymousClients", "true", "--Realtime:Rooms:Publish", "Clients",
            "--Realtime:AnswerWithin", "00:01:00", // what is slow shall be seen as slow, not as a failure
        ];
        if (postgres is not null)
            settings.AddRange(["--Realtime:Persistence:Provider", "postgres", "--Realtime:Persistence:ConnectionString", postgres.ConnectionString]);

        var addresses = new IPEndPoint[Nodes];
        var servers = new ServerProcess[Nodes];
        var data = new string[Nodes];
        var seed = Workplace.FreeAddress().Port;
        for (var i = 0; i < Nodes; i++)
        {
            (addresses[i], data[i]) = (Workplace.FreeAddress(), place.NewFolder());
            var remoting = i == 0 ? seed : Workplace.FreeAddress().Port;
            servers[i] = await StartNodeAsync(
                place, addresses[i], ["--Realtime:Data", data[i], .. settings, .. IsCluster ? Joining(remoting, seed) : []], stop);
        }

        return new RunningTarget(servers, Open, Publish)
        {
            Allocated = token => AllocatedAsync(addresses, token),
            Beside = postgres,
            Journal = postgres?.ConnectionString ?? $"Data Source={Path.Combine(data[0], "realtime.db")}",
        };

        Client Open(int index, IClientEvents events) => Protocol.Open(
            place.Loop, new Site(addresses[index % Nodes], Enveloped ? "/realtime?envelope=1" : "/realtime", index), events);

        IPublisher Publish(int count) => (FromHub, Clustered) switch
        {
            (true, _) => new SocketPublisher(place.Loop, count, Open),
            (_, true) => new HttpPublisher(place.Loop, addresses, Publication),
            _ => new PublisherToAll([.. addresses.Select(address => new HttpPublisher(place.Loop, [address], Publication))]),
        };
    }

    private async Task<ServerProcess> StartNodeAsync(
        Workplace place, IPEndPoint address, IReadOnlyList<string> settings, CancellationToken stop)
    {
        var assembly = await place.PublishAsync(Project(place), stop);
        var server = ServerProcess.Start(place, "dotnet", [assembly, "--urls", $"http://{address}", .. settings]);
        await server.AnswersAsync($"http://{address}/health/ready", stop);
        return server;
    }

    /// <summary>The runtime's own counter, from the metrics of every node.</summary>
    private static async Task<double?> AllocatedAsync(IEnumerable<IPEndPoint> nodes, CancellationToken stop)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        double? sum = null;
        foreach (var node in nodes)
        {
            using var answer = await http.GetAsync(new Uri($"http://{node}/metrics"), stop);
            if (!answer.IsSuccessStatusCode)
                return null;
            var line = (await answer.Content.ReadAsStringAsync(stop)).Split('\n')
                .FirstOrDefault(line => line.StartsWith("dotnet_gc_heap_total_allocated_bytes_total", StringComparison.Ordinal));
            if (line is null)
                return null;
            sum = (sum ?? 0) + double.Parse(line[line.LastIndexOf('}')..].Split(' ')[1], CultureInfo.InvariantCulture);
        }

        return sum;
    }

    private static string[] Joining(int port, int seed) =>
        ["--Realtime:Cluster:Port", $"{port}", "--Realtime:Cluster:SeedNodes:0", $"akka.tcp://realtime@127.0.0.1:{seed}"];

    private string Project(Workplace place) => Path.Combine(Tree ?? place.Repository, "src", "Realtime.Host", "Realtime.Host.csproj");
}
