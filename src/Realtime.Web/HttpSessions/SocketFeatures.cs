using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.HttpSessions;

/// <summary>
/// The features of a request over a socket. When the application's middleware puts an HTTP session among them, it is the
/// connection's (contract V-16), with a turn (contract V-18); or none, if that is what the client wants (contract V-20).
/// </summary>
/// <param name="capacity">How many features to expect.</param>
/// <param name="handshake">The connection's.</param>
/// <param name="turns">The turns with sessions; null where requests take none.</param>
/// <param name="end">Cancelled when the request's time is over.</param>
internal sealed class SocketFeatures(int capacity, Handshake handshake, SessionTurns? turns, CancellationToken end)
    : FeatureCollection(capacity), IFeatureCollection
{
    // Of the same moment as the request's cookies, which are those of the connection's requests until now.
    private readonly AnonymousSession _anonymous = handshake.Cookies.Anonymous;
    private RequestTurn? _turn;

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

    /// <summary>The request has ended, and written its session: its turn is over.</summary>
    public void EndTurn() => _turn?.End();

    private ISessionFeature? Admit(ISessionFeature? feature)
    {
        if (feature?.Session is not MergingSession session)
            return feature;
        if (session.IsOwn)
            feature.Session = session = _anonymous.Enter(session.Stored);
        if (turns is not null)
            session.Turn = TurnWith(session.Stored.Key, turns);
        return feature;
    }

    // Middleware that runs the request once more, to show an error say, asks for the session again: the request has its turn already.
    private RequestTurn TurnWith(string session, SessionTurns turns)
    {
        if (_turn?.Session == session)
            return _turn;
        _turn?.End();
        return _turn = new RequestTurn(turns, session, end);
    }
}
