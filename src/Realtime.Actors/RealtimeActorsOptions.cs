using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;

namespace Realtime.Actors;

/// <summary>How the actor system of the service behaves. Akka's own keys are in <c>hocon/</c>.</summary>
public sealed record RealtimeActorsOptions
{
    /// <summary>How long a client whose connection or node was lost has to come back. Default one minute.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How rooms behave whose names match none of <see cref="RoomPatterns"/>.</summary>
    public FeedOptions Rooms { get; init; } = new();

    /// <summary>How some rooms behave, by their names; the first match counts.</summary>
    public IReadOnlyList<RoomPattern> RoomPatterns { get; init; } = [];

    /// <summary>How topics behave.</summary>
    public FeedOptions Topics { get; init; } = new();

    /// <summary>
    /// How many stored rooms and topics a second are woken to look whether their members' nodes still live, after a start and after
    /// the loss of a node. Default 200; 0 wakes none: members of lost nodes stay where nobody asks.
    /// </summary>
    public int CheckedPerSecond { get; init; } = 200;

    /// <summary>How sessions behave.</summary>
    public SessionOptions Sessions { get; init; } = new();
}
