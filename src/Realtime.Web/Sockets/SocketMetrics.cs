using System.Diagnostics.Metrics;

namespace Realtime.Web.Sockets;

/// <summary>What is asked of single sockets, in numbers.</summary>
internal sealed class SocketMetrics
{
    private readonly Counter<long> _unknown;

    public SocketMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Realtime.Sockets");
        _unknown = meter.CreateCounter<long>("realtime.sockets.unknown", "{call}", "Calls that named a socket which is connected nowhere.");
    }

    /// <summary>Somebody named a socket that is connected nowhere (contract R-8).</summary>
    public void NoteUnknown() => _unknown.Add(1);
}
