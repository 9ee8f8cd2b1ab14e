namespace Realtime.Client;

/// <summary>Where a client is with its connection.</summary>
public enum ConnectionState
{
    /// <summary>There is none, and none is being made.</summary>
    Disconnected,

    /// <summary>The first connection is being made; the waits between attempts count too.</summary>
    Connecting,

    /// <summary>There is one.</summary>
    Connected,

    /// <summary>It was lost, and is being made again; the waits between attempts count too.</summary>
    Reconnecting,
}

/// <summary>A change of state.</summary>
/// <param name="State">The new one.</param>
/// <param name="Previous">The one before.</param>
public sealed record StateChange(ConnectionState State, ConnectionState Previous)
{
    /// <summary>While connecting or reconnecting after a failure: which attempt comes next, from 1; else 0.</summary>
    public int Attempt { get; init; }

    /// <summary>How long it waits before that attempt.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>When connected: whether it is still the same socket for the server, with its rooms.</summary>
    public bool Resumed { get; init; }

    /// <summary>What ended the connection, or the attempt.</summary>
    public Exception? Error { get; init; }
}

/// <summary>Why a token is asked for.</summary>
/// <param name="IsReconnect">Whether a connection was lost, as opposed to the first one being made.</param>
/// <param name="Attempt">Counts from 1; more than 1 means that the attempt before failed, maybe because of its token.</param>
public sealed record TokenRequest(bool IsReconnect, int Attempt);

/// <summary>What became of a room, or of the topic of a model, when the connection was made again.</summary>
/// <param name="Room">The room; null for a topic.</param>
/// <param name="Topic">The model; null for a room. Records that were subscribed by reading them may have to be read again.</param>
/// <param name="Recovered">True: nothing was missed, or all that was missed has come. False: something may be missing for good.</param>
/// <param name="IsMember">Whether this socket is (again) in the room, or in the topic.</param>
/// <param name="Error">Why it is not in the room, when joining it again was refused.</param>
public sealed record Recovery(string? Room, string? Topic, bool Recovered, bool IsMember, Exception? Error = null);
