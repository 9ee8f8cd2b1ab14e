using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging;
using Realtime.Testing;
using Realtime.Web.Hosting;

namespace Realtime.Cluster.Tests;

/// <summary>What whoever runs the service is told of its nodes.</summary>
public sealed class ClusterLogSpec : IAsyncLifetime, IDisposable
{
    private readonly ThreeNodes _three = new() { More = ConfigurationFactory.ParseString("akka.cluster.split-brain-resolver.stable-after = 10 minutes") };
    private readonly Lines _told = new();

    private List<ClusterNode> Nodes => _three.Nodes;

    public Task InitializeAsync() => _three.InitializeAsync();

    public Task DisposeAsync() => _three.DisposeAsync();

    public void Dispose() => _three.Dispose();

    [Fact]
    public async Task Each_node_that_comes_goes_or_is_given_up_is_one_line()
    {
        Nodes[0].System.ActorOf(Props.Create(() => new ClusterLogActor(_told)));
        await ContainsAsync(LogLevel.Information, "is a member of the cluster, which has 3 now", times: 3);
        var (lost, leaving) = (Nodes[1], Nodes[2]);
        var address = lost.Cluster.SelfAddress;
        await lost.CrashAsync();
        await ContainsAsync(LogLevel.Warning, $"{address} does not answer");
        Nodes[0].Cluster.Down(address);
        await ContainsAsync(LogLevel.Warning, $"{address} was given up");
        address = leaving.Cluster.SelfAddress;
        await leaving.DisposeAsync();
        Nodes.Remove(leaving);
        await ContainsAsync(LogLevel.Information, $"{address} has left the cluster");
        Assert.Equal(6, _told.All.Count);
    }

    [Fact]
    public async Task A_node_that_is_given_up_by_the_others_says_so_itself()
    {
        Nodes[2].System.ActorOf(Props.Create(() => new ClusterLogActor(_told)));
        await ContainsAsync(LogLevel.Information, "is a member of the cluster", times: 3);
        Nodes[0].Cluster.Down(Nodes[2].Cluster.SelfAddress);
        await ContainsAsync(LogLevel.Error, "This node was given up by the cluster");
        await Nodes[2].System.WhenTerminated.WaitAsync(Eventually.Patience);
    }

    private Task ContainsAsync(LogLevel level, string text, int times = 1) => Eventually.HoldsAsync(() =>
    {
        Assert.Equal(times, _told.All.Count(line => line.Level == level && line.Text.Contains(text, StringComparison.Ordinal)));
        return Task.CompletedTask;
    });

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, formatter(state, exception)));
    }
}
