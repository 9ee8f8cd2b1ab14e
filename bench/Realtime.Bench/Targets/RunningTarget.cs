using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>A target that is up.</summary>
/// <param name="Servers">Its processes, all of which count.</param>
/// <param name="Open">Opens the connection of a member.</param>
/// <param name="Publish">Makes a publisher with this many connections.</param>
internal sealed record RunningTarget(
    IReadOnlyList<ServerProcess> Servers, Func<int, IClientEvents, Client> Open, Func<int, IPublisher> Publish) : IAsyncDisposable
{
    /// <summary>What it needs and what is not counted: a database server.</summary>
    internal IAsyncDisposable? Beside { get; init; }

    /// <summary>How to connect to the database that it writes joins to; null if it writes none.</summary>
    internal string? Journal { get; init; }

    /// <summary>Managed bytes that its processes have allocated so far; null if it does not tell.</summary>
    internal Func<CancellationToken, Task<double?>>? Allocated { get; init; }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
        if (Beside is not null)
            await Beside.DisposeAsync();
    }
}
