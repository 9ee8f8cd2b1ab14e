using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.Transport;

/// <summary>
/// The features of a connection that is nearly all its features itself. Dictionaries, one per connection, would cost more than the
/// connection's own state: what others set is kept in a short list.
/// </summary>
/// <param name="own">Finds the connection's own features.</param>
internal sealed class ConnectionFeatures(Func<Type, object?> own) : IFeatureCollection
{
    private KeyValuePair<Type, object>[] _set = [];

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get
        {
            foreach (var (type, feature) in _set)
            {
                if (type == key)
                {
                    return feature;
                }
            }

            return own(key);
        }

        set
        {
            Revision++;
            var others = Array.FindAll(_set, pair => pair.Key != key);
            _set = value is null ? others : [.. others, new(key, value)];
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    /// <summary>What others set: there is no list of the rest.</summary>
    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => ((IEnumerable<KeyValuePair<Type, object>>)_set).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
