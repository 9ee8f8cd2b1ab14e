using Akka.Cluster;
using Akka.Configuration;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>Three nodes that know each other.</summary>
public sealed class ThreeNodes : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>What is read on top of every node's configuration.</summary>
    internal Config? More { get; init; }

    /// <summary>How long a socket whose node was lost may come back.</summary>
    internal TimeSpan Window { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What each node does; all do everything where this is null.</summary>
    internal string[][]? Roles { get; init; }

    internal List<ClusterNode> Nodes { get; } = [];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            Nodes.Add(await ClusterNode.StartAsync(_folder.Path, Window, Nodes.FirstOrDefault()?.Cluster.SelfAddress, More, Roles?[i]));
        await AllUpAsync(Nodes);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(Nodes))
            await node.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    internal static Task AllUpAsync(IReadOnlyCollection<ClusterNode> nodes) => Eventually.TrueAsync(() => Task.FromResult(nodes.All(node =>
        node.Cluster.State.Members.Count == nodes.Count && node.Cluster.State.Members.All(member => member.Status == MemberStatus.Up)
        && node.Nodes.Alive.Count() == nodes.Count)));
}
