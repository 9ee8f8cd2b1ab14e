using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.Transport;

/// <summary>
/// The features of a connection that is all its features itself: a dictionary per connection would cost a kilobyte. One is
/// made only when somebody sets a feature.
/// </summary>
internal sealed class ConnectionFeatures(object owner, Func<Type, bool> isOwn) : IFeatureCollection
{
    private Dictionary<Type, object>? _set;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => _set is not null && _set.TryGetValue(key, out var value) ? value : isOwn(key) ? owner : null;
        set
        {
            Revision++;
            if (value is not null)
            {
                (_set ??= [])[key] = value;
            }
            else
            {
                _set?.Remove(key);
            }
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        foreach (var type in owner.GetType().GetInterfaces())
        {
            if (isOwn(type) && _set?.ContainsKey(type) != true)
            {
                yield return new(type, owner);
            }
        }

        foreach (var pair in _set ?? [])
        {
            yield return pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
