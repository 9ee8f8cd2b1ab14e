namespace Realtime.Actors.Housekeeping;

/// <summary>How far a sweep has come: where the next one begins if this one is broken off.</summary>
/// <param name="After">The last persistence id that was looked at.</param>
public sealed record SweepPlace(string After) : IWireMessage;
