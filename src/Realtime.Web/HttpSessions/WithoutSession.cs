using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.HttpSessions;

/// <summary>The features of a request that has no HTTP session, whatever the application's middleware says: its client wants none (contract V-20).</summary>
internal sealed class WithoutSession(IFeatureCollection features) : IFeatureCollection
{
    public bool IsReadOnly => features.IsReadOnly;

    public int Revision => features.Revision;

    public object? this[Type key]
    {
        get => features[key];
        set
        {
            if (key != typeof(ISessionFeature))
                features[key] = value;
        }
    }

    public TFeature? Get<TFeature>() => features.Get<TFeature>();

    public void Set<TFeature>(TFeature? instance)
    {
        if (typeof(TFeature) != typeof(ISessionFeature))
            features.Set(instance);
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
