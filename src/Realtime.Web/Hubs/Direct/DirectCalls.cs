using System.Diagnostics;
using System.Reflection;
using Akka.Actor;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Web.Rooms;

namespace Realtime.Web.Hubs.Direct;

/// <summary>
/// Serves <c>Join</c> and <c>Leave</c>, which whole crowds of clients call at once, on a shorter way than SignalR's dispatcher: the
/// session is told where the call is read, and its answer is written where it is given. Clients can't tell the difference. Whatever is
/// out of the ordinary goes the ordinary way: a call that wants no answer or has to wait for another one, hub filters of the
/// application, somebody who listens to SignalR's traces.
/// </summary>
internal sealed class DirectCalls(
    ActorSystem system, IRooms rooms, ClientRooms clientRooms, RefusalMetrics metrics, TimeProvider time, IOptions<RealtimeOptions> options,
    IOptions<HubOptions<RealtimeHub>> hub, ILogger<DirectCalls> logger)
{
    // Listeners find sources by their name. SignalR's own is not public.
    private static readonly ActivitySource Traces = new("Microsoft.AspNetCore.SignalR.Server");

    /// <summary>Whether no filter but our own wants to see calls.</summary>
    public bool IsOn { get; } = Filters(hub.Value) == 1;

    public ActorSystem System => system;

    public IRooms Rooms => rooms;

    public ClientRooms ClientRooms => clientRooms;

    public RefusalMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public RealtimeOptions Options => options.Value;

    /// <summary>Whether clients are told what went wrong inside the server.</summary>
    public bool TellsDetails { get; } = hub.Value.EnableDetailedErrors ?? false;

    public ILogger Logger => logger;

    /// <summary>Begins a call; its answer is written when it comes.</summary>
    /// <param name="link">Whose call it is.</param>
    /// <param name="call">The call.</param>
    /// <returns>False when it has to go the ordinary way.</returns>
    public bool TryBegin(SocketLink link, InvocationMessage call)
    {
        if (!IsOn || call is not { InvocationId: { } invocation, StreamIds: null or [] } || Traces.HasListeners())
            return false;
        DirectCall? direct = call switch
        {
            { Target: nameof(RealtimeHub.Join), Arguments: [string room] } => new JoinCall(this, link, invocation, room, presence: null),
            { Target: nameof(RealtimeHub.Join), Arguments: [string room, var presence] } => new JoinCall(this, link, invocation, room, presence),
            { Target: nameof(RealtimeHub.Leave), Arguments: [string room] } => new LeaveCall(this, link, invocation, room),
            _ => null,
        };
        if (direct is null || !link.Calls.TryEnter(direct))
            return false;
        link.NoteCall();
        link.IsUsed = true;
        direct.Begin();
        return true;
    }

    // Not public either. Where it can't be read there may be filters, and no call is direct.
    private static int? Filters(HubOptions<RealtimeHub> hub) =>
        (typeof(HubOptions).GetProperty("HubFilters", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(hub) as List<IHubFilter>)?.Count;
}
