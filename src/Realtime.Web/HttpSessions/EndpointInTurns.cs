using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.HttpSessions;

/// <summary>
/// An endpoint as requests over sockets run it: while it is taken for one that changes the session, each waits for its turn with the session
/// before it runs, and reads what the one before has written (contract V-18). It cannot wait when the handler looks at the
/// session: that is a call which does not await, in the turn of the connection's messages, and a thread that waits there holds up
/// the whole socket.
/// </summary>
internal sealed class EndpointInTurns
{
    private readonly RequestDelegate _run;
    private readonly bool _isDeclared;
    private volatile bool _changes;
    private volatile bool _hasAnsweredWithout;

    private EndpointInTurns(Endpoint endpoint, RequestDelegate run)
    {
        _run = run;
        var declared = endpoint.Metadata.GetMetadata<ChangesSessionAttribute>();
        (_isDeclared, _changes) = (declared is not null, declared is { Changes: true });
        Endpoint = endpoint is RouteEndpoint routed
            ? new RouteEndpoint(RunAsync, routed.RoutePattern, routed.Order, routed.Metadata, routed.DisplayName)
            : new Endpoint(RunAsync, endpoint.Metadata, endpoint.DisplayName);
    }

    /// <summary>What runs in its place.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>Puts turns in front of an endpoint.</summary>
    public static Endpoint Of(Endpoint endpoint) => InPlaceOf(endpoint)?.Endpoint ?? endpoint;

    /// <summary>The same; null where turns stand in front already, or nothing is to be run.</summary>
    internal static EndpointInTurns? InPlaceOf(Endpoint endpoint) =>
        endpoint.RequestDelegate is { Target: not EndpointInTurns } run ? new EndpointInTurns(endpoint, run) : null;

    private Task RunAsync(HttpContext context) => context.Features.Get<ISessionFeature>()?.Session is MergingSession { Turn: { } turn } session
        ? RunAsync(context, session, turn)
        : _run(context);

    private async Task RunAsync(HttpContext context, MergingSession session, RequestTurn turn)
    {
        var isSafe = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
        // Nor does a request overtake one that has begun to wait, when it turns out that none has to (contract V-7).
        if (_changes || (!_isDeclared && ((!_hasAnsweredWithout && !isSafe) || turn.IsWantedBy(this))))
        {
            await turn.TakeAsync(this);
            session.LookAgain();
        }
        if (_isDeclared)
        {
            await _run(context);
            return;
        }
        // Only what the endpoint does: middleware that leaves a mark with every request makes none of them one that changes sessions.
        var hasChanged = false;
        session.Changing = () => hasChanged = _changes = true;
        try
        {
            await _run(context);
        }
        finally
        {
            session.Changing = null;
        }
        if (!hasChanged && !isSafe && context.Response.StatusCode < StatusCodes.Status400BadRequest)
            _hasAnsweredWithout = true;
    }
}
