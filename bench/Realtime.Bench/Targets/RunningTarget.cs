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
    /// <summary>Managed bytes that its processes have allocated so far; null if it does not tell.</summary>
    internal Func<CancellationToken, Task<double>>? Allocated { get; init; }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
    }
}
