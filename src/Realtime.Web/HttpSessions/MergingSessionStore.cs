using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Realtime.Web.HttpSessions;

/// <summary>
/// The application's store of HTTP sessions, but that requests which change a session at the same time do not undo each other's
/// changes: each writes the keys that it has set, and no others (contract V-18). Requests of one socket run side by side, so that
/// this is common.
/// </summary>
internal sealed class MergingSessionStore(ISessionStore store, SessionWrites writes) : ISessionStore
{
    public ISession Create(string sessionKey, TimeSpan idleTimeout, TimeSpan ioTimeout, Func<bool> tryEstablishSession, bool isNewSessionKey)
    {
        var stored = new StoredSession(store, sessionKey, idleTimeout, ioTimeout, writes.Of(sessionKey), isNewSessionKey);
        var session = store.Create(sessionKey, idleTimeout, ioTimeout, tryEstablishSession, isNewSessionKey);
        return new MergingSession(stored, session, isOwn: isNewSessionKey);
    }
}
