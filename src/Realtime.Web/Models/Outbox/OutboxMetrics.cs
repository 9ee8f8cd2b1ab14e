using System.Diagnostics.Metrics;

namespace Realtime.Web.Models.Outbox;

/// <summary>What the outbox does, in numbers; the meter is <see cref="MeterName"/>.</summary>
internal sealed class OutboxMetrics
{
    public const string MeterName = "Realtime.Models";

    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _published;
    private readonly Counter<long> _failed;
    private readonly Gauge<long> _pending;

    public OutboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _batch = meter.CreateHistogram<int>("realtime.outbox.batch.size", "{event}", "Events read from the outbox at once.");
        _lag = meter.CreateHistogram<double>("realtime.outbox.lag", "s", "From the write of an event to its publication.");
        _published = meter.CreateCounter<long>("realtime.outbox.published", "{event}", "Events published.");
        _failed = meter.CreateCounter<long>("realtime.outbox.failed", "{event}", "Attempts to publish an event that failed.");
        _pending = meter.CreateGauge<long>("realtime.outbox.pending", "{event}", "Events that wait in the outbox.");
    }

    public void Read(int count) => _batch.Record(count);

    public void Published(TimeSpan lag)
    {
        _published.Add(1);
        _lag.Record(Math.Max(0, lag.TotalSeconds));
    }

    public void Failed() => _failed.Add(1);

    public void Pending(long count) => _pending.Record(count);
}
