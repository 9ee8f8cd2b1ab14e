using System.Collections;
using System.Collections.Concurrent;

namespace Realtime.Web.Transport;

/// <summary>The connections that are served now, by the token that their clients came with.</summary>
internal sealed class OpenConnections : IEnumerable<WebSocketConnection>
{
    private readonly ConcurrentDictionary<string, WebSocketConnection> _open = new(StringComparer.Ordinal);

    public bool Contains(string token) => _open.ContainsKey(token);

    public void Add(string token, WebSocketConnection connection) => _open[token] = connection;

    public void Remove(string token) => _open.TryRemove(token, out _);

    /// <summary>Those of this moment; adding and removing meanwhile does no harm.</summary>
    public IEnumerator<WebSocketConnection> GetEnumerator()
    {
        foreach (var pair in _open)
        {
            yield return pair.Value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
