namespace Realtime.Web.HttpSessions;

/// <summary>
/// The HTTP session of a connection that came without one; it lives as long as the connection (contract V-16). Requests find it here
/// and not by a cookie: of the first ones that run at the same time, each would get a cookie of its own, and the last one would win.
/// </summary>
internal sealed class AnonymousSession
{
    // No cookie of it ever leaves the connection, so that nobody else sees it under another id.
    private readonly string _id = Guid.NewGuid().ToString();
    private StoredSession? _session;

    /// <summary>The session, for one more request.</summary>
    /// <param name="begun">The one that would have begun with this request: it is taken if none was before.</param>
    public MergingSession Enter(StoredSession begun)
    {
        var session = Interlocked.CompareExchange(ref _session, begun, null) ?? begun;
        return new MergingSession(session, session.Open(), _id);
    }
}
