using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Realtime.Web.HttpSessions;

/// <summary>A session in the application's store.</summary>
/// <param name="store">The store.</param>
/// <param name="key">What it is kept under.</param>
/// <param name="idleTimeout">How long the store keeps it unused.</param>
/// <param name="ioTimeout">How long a read or a write of it may take.</param>
/// <param name="write">Held by whoever writes it.</param>
/// <param name="isNew">Whether it is there only once something is written: then its absence does not mean that it has expired.</param>
internal sealed class StoredSession(ISessionStore store, string key, TimeSpan idleTimeout, TimeSpan ioTimeout, SemaphoreSlim write, bool isNew)
{
    private volatile bool _isNew = isNew;

    /// <summary>What it is kept under.</summary>
    public string Key => key;

    /// <summary>The session as it is now, or rather when one first looks into it.</summary>
    public ISession Open() => store.Create(key, idleTimeout, ioTimeout, static () => true, _isNew);

    /// <summary>Changes it as it is by then: nobody else on this node writes it meanwhile.</summary>
    public async Task ChangeAsync(Action<ISession> change, CancellationToken cancellation)
    {
        await write.WaitAsync(cancellation);
        try
        {
            var session = Open();
            await session.LoadAsync(cancellation);
            change(session);
            await session.CommitAsync(cancellation);
            _isNew = false;
        }
        finally
        {
            write.Release();
        }
    }
}
