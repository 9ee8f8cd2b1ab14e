using System.Text.Json;

namespace Realtime.Web.Api;

/// <summary>A broadcast to one room.</summary>
internal sealed record BroadcastRequest
{
    /// <summary>The event that members get; <c>message</c> when it is left out (contract R-30).</summary>
    public string? Event { get; init; }

    /// <summary>The data that members get: any JSON.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The id of a socket that does not get it.</summary>
    public string? Omit { get; init; }

    /// <summary>The same for each attempt, so that a retry counts once.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether it is worthless a moment later: it gets no number, is not kept, and is heard at most once.</summary>
    public bool Transient { get; init; }
}

/// <summary>What goes with a socket that is made to join.</summary>
internal sealed record JoinRequest
{
    /// <summary>What the other members are told about it: any JSON. For rooms whose members are known to each other.</summary>
    public JsonElement Presence { get; init; }
}

/// <summary>A broadcast to several rooms.</summary>
internal sealed record ManyBroadcastRequest
{
    /// <summary>The rooms. A socket that is in two of them gets it once (contract R-33).</summary>
    public required IReadOnlyList<string> Rooms { get; init; }

    /// <summary>The event that members get; <c>message</c> when it is left out.</summary>
    public string? Event { get; init; }

    /// <summary>The data that members get: any JSON.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The id of a socket that does not get it.</summary>
    public string? Omit { get; init; }

    /// <summary>The same for each attempt, so that a retry counts once.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>A blast to every socket.</summary>
internal sealed record BlastRequest
{
    /// <summary>The event that sockets get; <c>message</c> when it is left out.</summary>
    public string? Event { get; init; }

    /// <summary>The data that sockets get: any JSON.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The id of a socket that does not get it.</summary>
    public string? Omit { get; init; }

    /// <summary>The same for each attempt, so that a retry counts once.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Some rooms.</summary>
internal sealed record RoomsRequest
{
    /// <summary>Their names.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }
}

/// <summary>Several sockets and several rooms: each is meant for each.</summary>
internal sealed record PairsRequest
{
    /// <summary>The ids of the sockets.</summary>
    public required IReadOnlyList<string> Sockets { get; init; }

    /// <summary>The names of the rooms.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }
}

/// <summary>How many sockets something was done for.</summary>
/// <param name="Sockets">The number.</param>
internal sealed record Count(int Sockets);
