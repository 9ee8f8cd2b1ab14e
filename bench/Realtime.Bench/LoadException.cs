namespace Realtime.Bench;

/// <summary>A measurement that can't count: something was lost, refused, doubled, or did not come in time.</summary>
internal sealed class LoadException(string message) : Exception(message);
