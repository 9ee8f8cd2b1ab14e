using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Realtime.Web.HttpSessions;

/// <summary>A session in the application's store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Key">What it is kept under.</param>
/// <param name="IdleTimeout">How long the store keeps it unused.</param>
/// <param name="IoTimeout">How long a read or a write of it may take.</param>
/// <param name="Write">Held by whoever writes it.</param>
internal sealed record StoredSession(ISessionStore Store, string Key, TimeSpan IdleTimeout, TimeSpan IoTimeout, SemaphoreSlim Write)
{
    /// <summary>The session as it is now.</summary>
    /// <param name="isNew">Whether nothing has been written yet, so that the store does not call it expired.</param>
    public ISession Open(bool isNew) => Store.Create(Key, IdleTimeout, IoTimeout, static () => true, isNew);
}
