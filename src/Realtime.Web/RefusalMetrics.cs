using System.Diagnostics.Metrics;

namespace Realtime.Web;

/// <summary>What is refused to callers from outside, in numbers: over the HTTP API, the hub, and the client endpoints.</summary>
internal sealed class RefusalMetrics
{
    private readonly Counter<long> _refusals;

    public RefusalMetrics(IMeterFactory meters) => _refusals = meters.Create("Realtime.Refusals")
        .CreateCounter<long>("realtime.refusals", "{call}", "Calls from outside that were refused, by code and by way.");

    /// <summary>A call was refused.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="way">How it came: <c>http</c> or <c>hub</c>.</param>
    public void Note(RealtimeException refused, string way) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("code", refused.Code), new KeyValuePair<string, object?>("way", way));
}
