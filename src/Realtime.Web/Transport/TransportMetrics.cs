using System.Diagnostics.Metrics;

namespace Realtime.Web.Transport;

/// <summary>What the transport does, in numbers; the meter is <see cref="MeterName"/>. SignalR's own count only what its transports serve.</summary>
internal sealed class TransportMetrics
{
    public const string MeterName = "Realtime.Transport";

    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _stuck;

    public TransportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _connections = meter.CreateUpDownCounter<long>("realtime.transport.connections", "{connection}", "WebSockets that are open.");
        _stuck = meter.CreateCounter<long>("realtime.transport.stuck", "{connection}", "Connections cut off because they took a frame too slowly.");
    }

    public void Opened() => _connections.Add(1);

    public void Ended() => _connections.Add(-1);

    public void Stuck() => _stuck.Add(1);
}
