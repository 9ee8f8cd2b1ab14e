namespace Realtime.Actors.Sessions;

/// <summary>Why the server ends a connection.</summary>
public enum CloseReason
{
    /// <summary>Somebody asked for it.</summary>
    Requested,

    /// <summary>The client did not read as fast as it was written to. It may reconnect and recover from history.</summary>
    SlowConsumer,

    /// <summary>The client has come back on another connection.</summary>
    Replaced,
}
