namespace Realtime.Bench.Measuring;

/// <summary>One figure of a sample.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Title">Its heading in tables.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Digits">Digits after the point.</param>
internal sealed record Metric(string Key, string Title, string Unit, int Digits)
{
    internal static readonly Metric CpuOneAtATime = new("cpuOneAtATime", "CPU per delivery, one at a time", "µs", 2);
    internal static readonly Metric CpuInFlight = new("cpuInFlight", "CPU per delivery, eight in flight", "µs", 2);
    internal static readonly Metric RateOneAtATime = new("deliveriesOneAtATime", "Deliveries, one at a time", "1/s", 0);
    internal static readonly Metric RateInFlight = new("deliveriesInFlight", "Deliveries, eight in flight", "1/s", 0);
    internal static readonly Metric PerRead = new("deliveriesPerRead", "Deliveries per read, eight in flight", "", 2);
    internal static readonly Metric LatencyCommonRate = new("latencyCommonRate", "Common rate", "broadcasts/s", 1);
    internal static readonly Metric LatencyCommonP50 = new("latencyCommonP50", "p50 at the common rate", "ms", 2);
    internal static readonly Metric LatencyCommonP99 = new("latencyCommonP99", "p99 at the common rate", "ms", 2);
    internal static readonly Metric LatencyOwnRate = new("latencyOwnRate", "Half of its own saturation", "broadcasts/s", 1);
    internal static readonly Metric LatencyOwnP50 = new("latencyOwnP50", "p50 at half load", "ms", 2);
    internal static readonly Metric LatencyOwnP99 = new("latencyOwnP99", "p99 at half load", "ms", 2);
    internal static readonly Metric Resident = new("residentPerConnection", "Resident memory per connection", "KiB", 1);
    internal static readonly Metric Private = new("privatePerConnection", "Private memory per connection", "KiB", 1);
    internal static readonly Metric Connects = new("connects", "Connects", "1/s", 0);
    internal static readonly Metric CpuConnect = new("cpuConnect", "CPU per connect", "µs", 0);
    internal static readonly Metric Joins = new("joins", "Joins into one room", "1/s", 0);
    internal static readonly Metric CpuJoin = new("cpuJoin", "CPU per join into one room", "µs", 1);
    internal static readonly Metric SpreadJoins = new("spreadJoins", "Joins over 1,000 new rooms", "1/s", 0);
    internal static readonly Metric CpuSpreadJoin = new("cpuSpreadJoin", "CPU per join into a new room", "µs", 1);
    internal static readonly Metric Publishes = new("publishes", "Publishes to an empty room", "1/s", 0);
    internal static readonly Metric CpuPublish = new("cpuPublish", "CPU per publish to an empty room", "µs", 0);
    internal static readonly Metric Checked = new("deliveriesChecked", "Deliveries checked", "", 0);

    /// <summary>All of them, in the order of the tables.</summary>
    internal static IReadOnlyList<Metric> All { get; } =
    [
        CpuOneAtATime, CpuInFlight, RateOneAtATime, RateInFlight, PerRead,
        LatencyCommonRate, LatencyCommonP50, LatencyCommonP99, LatencyOwnRate, LatencyOwnP50, LatencyOwnP99, Resident, Private, Connects, CpuConnect, Joins, CpuJoin, SpreadJoins,
        CpuSpreadJoin, Publishes, CpuPublish, Checked,
    ];
}
