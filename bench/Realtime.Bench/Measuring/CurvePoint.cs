namespace Realtime.Bench.Measuring;

/// <summary>What one target cost at one point of a curve, in one repetition.</summary>
/// <param name="Curve">The curve's key.</param>
/// <param name="Target">The target's name.</param>
/// <param name="X">Where.</param>
/// <param name="Repetition">Which repetition, from 1.</param>
/// <param name="CpuOneAtATime">CPU microseconds per delivery, one broadcast at a time.</param>
/// <param name="CpuInFlight">The same with eight in flight, for each node.</param>
/// <param name="PerRead">Deliveries that one read of a client brought, with eight in flight: more where a server joins them.</param>
/// <param name="PrivateKiB">Private memory per connection afterwards.</param>
/// <param name="AllocatedOneAtATime">Managed bytes allocated per delivery, one at a time; null where that cannot be known.</param>
/// <param name="AllocatedInFlight">The same with eight in flight.</param>
/// <param name="Fault">Why it does not count, or null.</param>
internal sealed record CurvePoint(
    string Curve, string Target, int X, int Repetition,
    double? CpuOneAtATime = null, double? CpuInFlight = null, double? PerRead = null, double? PrivateKiB = null,
    double? AllocatedOneAtATime = null, double? AllocatedInFlight = null, string? Fault = null);
