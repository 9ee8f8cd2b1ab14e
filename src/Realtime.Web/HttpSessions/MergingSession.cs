using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.HttpSessions;

/// <summary>A session as one request sees it: as it was when the request first looked, with what the request has changed.</summary>
/// <param name="stored">Where it is kept.</param>
/// <param name="seen">The session, as it was.</param>
/// <param name="id">Its id, where that is not what the store says.</param>
/// <param name="isOwn">Whether it begins with this request, so that nobody else knows of it.</param>
internal sealed class MergingSession(StoredSession stored, ISession seen, string? id = null, bool isOwn = false) : ISession
{
    private readonly Dictionary<string, byte[]?> _changes = new(StringComparer.Ordinal);
    private ISession _seen = seen;
    private bool _isCleared;

    /// <summary>Where it is kept.</summary>
    public StoredSession Stored => stored;

    /// <summary>Whether it begins with this request.</summary>
    public bool IsOwn => isOwn;

    /// <summary>The request's turn with it; only requests over sockets have one.</summary>
    public RequestTurn? Turn { get; set; }

    /// <summary>Called with each change.</summary>
    public Action? Changing { get; set; }

    public bool IsAvailable => _seen.IsAvailable;

    public string Id => id ?? _seen.Id;

    public IEnumerable<string> Keys => _seen.Keys;

    public Task LoadAsync(CancellationToken cancellationToken = default) => _seen.LoadAsync(cancellationToken);

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value) => _seen.TryGetValue(key, out value);

    public void Set(string key, byte[] value)
    {
        _seen.Set(key, value);
        _changes[key] = value;
        Changing?.Invoke();
    }

    public void Remove(string key)
    {
        _seen.Remove(key);
        _changes[key] = null;
        Changing?.Invoke();
    }

    public void Clear()
    {
        _seen.Clear();
        _changes.Clear();
        _isCleared = true;
        Changing?.Invoke();
    }

    /// <summary>Forgets what was seen, but not what was changed: what follows sees what others have written until now.</summary>
    public void LookAgain()
    {
        _seen = stored.Open();
        Repeat(_seen);
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (isOwn || (_changes.Count == 0 && !_isCleared))
        {
            await _seen.CommitAsync(cancellationToken);      // that it was used keeps it
            return;
        }
        await stored.ChangeAsync(Repeat, cancellationToken);
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
