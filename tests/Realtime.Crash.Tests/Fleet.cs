using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Realtime.Crash.Tests;

/// <summary>Three Host processes that are one cluster on one PostgreSQL database, behind a balancer.</summary>
internal sealed partial class Fleet : IAsyncDisposable
{
    /// <summary>A room that writes every message down before its publisher is told.</summary>
    public const string Durable = "durable";

    /// <summary>A room whose messages are in memory.</summary>
    public const string Memory = "memory";

    /// <summary>A room whose messages and members are in memory.</summary>
    public const string Transient = "transient";

    private const int Nodes = 3;

    private readonly List<HostProcess> _byAge = [];

    private Fleet()
    {
    }

    public static IReadOnlyList<string> Rooms { get; } = [Durable, Memory, Transient];

    public Balancer Balancer { get; } = new();

    /// <summary>The nodes, the oldest member of the cluster first: it holds the coordinator of the shards.</summary>
    public IReadOnlyList<HostProcess> ByAge => _byAge;

    public static async Task<Fleet> StartAsync(string connectionString)
    {
        var fleet = new Fleet();
        try
        {
            var ports = FreePorts();
            foreach (var port in ports)
                fleet._byAge.Add(await HostProcess.StartAsync(Setup(connectionString, port, ports)));
            fleet.Lead();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes its life, in the middle of whatever it does.</summary>
    public async Task KillAsync(HostProcess node)
    {
        _byAge.Remove(node);
        await node.KillAsync();
        Lead();
    }

    /// <summary>Asks it to end, as a rolling restart does: the balancer has heard before.</summary>
    public async Task StopAsync(HostProcess node)
    {
        _byAge.Remove(node);
        Lead();
        await node.StopAsync();
    }

    /// <summary>Freezes it until the others have given it up, and lets it go on then; it has to find out by itself, and to end.</summary>
    public async Task FreezeAsync(HostProcess node)
    {
        _byAge.Remove(node);
        Lead();
        node.Send(Signal.Stop);
        await Eventually.TrueAsync(() => Task.FromResult(_byAge.TrueForAll(other => other.Output.Lines.Any(line => line.Contains("was given up", StringComparison.Ordinal)))));
        node.Send(Signal.Continue);
        await node.EndedAsync();
    }

    /// <summary>Starts it again, as whatever supervises it does. It is the youngest member then.</summary>
    public async Task StartAgainAsync(HostProcess node)
    {
        await node.StartAgainAsync();
        _byAge.Add(node);
        Lead();
    }

    /// <summary>The value of a gauge at a node.</summary>
    public static async Task<int> GaugeAsync(HostProcess node, string line)
    {
        var text = await node.Http.GetStringAsync(new Uri(node.Url, "/metrics"));
        return Value().Matches(text).Where(match => match.Groups["name"].Value == line)
            .Sum(match => (int)double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>How many rooms live at a node.</summary>
    public static async Task<int> RoomsAtAsync(HostProcess node) =>
        await GaugeAsync(node, "realtime_feeds_awake");

    public async ValueTask DisposeAsync()
    {
        await Balancer.DisposeAsync();
        foreach (var node in _byAge)
            await node.DisposeAsync();
    }

    private void Lead() => Balancer.LeadTo(_byAge.Select(node => node.Url));

    private static HostSetup Setup(string connectionString, int port, int[] seeds)
    {
        var setup = new HostSetup()
            .With("Realtime:Persistence:Provider", "postgres")
            .With("Realtime:Persistence:ConnectionString", connectionString)
            .With("Realtime:Cluster:Port", port.ToString(CultureInfo.InvariantCulture))
            .With("Realtime:Cluster:Hocon", Path.Combine(AppContext.BaseDirectory, "fast-downing.conf"))
            .With("Realtime:ResumeWindow", "00:01:00")
            .With("Realtime:Rooms:HistoryMessages", "5000")
            .With("Realtime:Rooms:Patterns:0:Pattern", Durable)
            .With("Realtime:Rooms:Patterns:0:Durable", "true")
            .With("Realtime:Rooms:Patterns:0:HistoryMessages", "5000")
            .With("Realtime:Rooms:Patterns:1:Pattern", Transient)
            .With("Realtime:Rooms:Patterns:1:TransientMembership", "true")
            .With("Realtime:Rooms:Patterns:1:HistoryMessages", "5000");
        for (var i = 0; i < Nodes; i++)
            setup = setup.With($"Realtime:Cluster:SeedNodes:{i}", $"akka.tcp://realtime@127.0.0.1:{seeds[i]}");
        return setup;
    }

    private static int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, Nodes).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    [GeneratedRegex(@"^(?<name>\w+)(?:\{[^}]*\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
