namespace Realtime.Web.HttpSessions;

/// <summary>Lets the requests of this process that have changed one session write one after the other.</summary>
internal sealed class SessionWrites
{
    // Of sessions that share one, the second waits for a write that is none of its business: rare, and short.
    private readonly SemaphoreSlim[] _writes = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public SemaphoreSlim Of(string session) => _writes[(uint)session.GetHashCode(StringComparison.Ordinal) % (uint)_writes.Length];
}
