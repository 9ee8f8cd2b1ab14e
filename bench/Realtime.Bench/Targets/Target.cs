using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>Something that can be measured: how to install it, start it, and talk to it.</summary>
internal abstract class Target(string name, string title)
{
    /// <summary>What the command line calls it.</summary>
    internal string Name { get; } = name;

    /// <summary>What tables and plots call it.</summary>
    internal string Title { get; } = title;

    /// <summary>Whether joining is a call of its own, rather than part of connecting.</summary>
    internal virtual bool HasJoins => true;

    /// <summary>Whether all members see the broadcasts of several publishers in one order.</summary>
    internal virtual bool HasCommonOrder => true;

    /// <summary>Installs and builds what it needs, and says which version that is.</summary>
    internal abstract Task<string> PrepareAsync(Workplace place, CancellationToken stop);

    /// <summary>Starts its processes, until they take connections.</summary>
    internal abstract Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop);
}

/// <summary>A target that is up.</summary>
/// <param name="Servers">Its processes, all of which count.</param>
/// <param name="Open">Opens the connection of a member.</param>
/// <param name="Publish">Makes a publisher with this many connections.</param>
internal sealed record RunningTarget(
    IReadOnlyList<ServerProcess> Servers, Func<int, IClientEvents, Client> Open, Func<int, IPublisher> Publish) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
    }
}
