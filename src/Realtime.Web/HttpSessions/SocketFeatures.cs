using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.HttpSessions;

/// <summary>
/// The features of a request over a socket. When the application's middleware puts an HTTP session among them, it is the
/// connection's (contract V-16), or none, if that is what the client wants (contract V-20).
/// </summary>
/// <param name="capacity">How many features to expect.</param>
/// <param name="handshake">The connection's.</param>
internal sealed class SocketFeatures(int capacity, Handshake handshake) : FeatureCollection(capacity), IFeatureCollection
{
    // Of the same moment as the request's cookies, which are those of the connection's requests until now.
    private readonly AnonymousSession _anonymous = handshake.Cookies.Anonymous;

    // Declared anew, and with it the interface: the application calls this one.
    public new object? this[Type key]
    {
        get => base[key];
        set
        {
            if (key != typeof(ISessionFeature))
                base[key] = value;
            else if (handshake.HasSession)
                base[key] = Admit(value as ISessionFeature);
        }
    }

    public new void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    private ISessionFeature? Admit(ISessionFeature? feature)
    {
        if (feature?.Session is MergingSession { IsNew: true } begun)
            feature.Session = _anonymous.Enter(begun.Stored);
        return feature;
    }
}
