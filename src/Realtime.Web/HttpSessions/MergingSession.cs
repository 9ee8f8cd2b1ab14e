using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.HttpSessions;

/// <summary>A session as one request sees it: as it was when the request first looked, with what the request has changed.</summary>
/// <param name="stored">Where it is kept.</param>
/// <param name="seen">The session, as it was.</param>
/// <param name="now">The session, as it is when this is called; null for one that begins with this request, of which nobody else knows.</param>
/// <param name="id">Its id, where that is not what the store says.</param>
internal sealed class MergingSession(StoredSession stored, ISession seen, Func<ISession>? now, string? id = null) : ISession
{
    private readonly Dictionary<string, byte[]?> _changes = new(StringComparer.Ordinal);
    private bool _isCleared;

    /// <summary>Where it is kept.</summary>
    public StoredSession Stored => stored;

    /// <summary>Whether it begins with this request.</summary>
    public bool IsNew => now is null;

    public bool IsAvailable => seen.IsAvailable;

    public string Id => id ?? seen.Id;

    public IEnumerable<string> Keys => seen.Keys;

    public Task LoadAsync(CancellationToken cancellationToken = default) => seen.LoadAsync(cancellationToken);

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value) => seen.TryGetValue(key, out value);

    public void Set(string key, byte[] value)
    {
        seen.Set(key, value);
        _changes[key] = value;
    }

    public void Remove(string key)
    {
        seen.Remove(key);
        _changes[key] = null;
    }

    public void Clear()
    {
        seen.Clear();
        _changes.Clear();
        _isCleared = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (now is null || (_changes.Count == 0 && !_isCleared))
        {
            await seen.CommitAsync(cancellationToken);      // that it was used keeps it
            return;
        }
        await stored.Write.WaitAsync(cancellationToken);
        try
        {
            var session = now();
            await session.LoadAsync(cancellationToken);
            Repeat(session);
            await session.CommitAsync(cancellationToken);
        }
        finally
        {
            stored.Write.Release();
        }
        _isCleared = false;
        _changes.Clear();
    }

    // What this request has changed.
    private void Repeat(ISession session)
    {
        if (_isCleared)
            session.Clear();
        foreach (var (key, value) in _changes)
        {
            if (value is null)
                session.Remove(key);
            else
                session.Set(key, value);
        }
    }
}
