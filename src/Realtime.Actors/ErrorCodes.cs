namespace Realtime.Actors;

/// <summary>The codes that callers can rely on. They never change their meaning.</summary>
public static class ErrorCodes
{
    /// <summary>The request could not be read: bad JSON, an unknown or a missing field, a wrong type.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>A room name is empty, too long, or no valid text.</summary>
    public const string InvalidRoom = "invalid_room";

    /// <summary>An event name is empty, too long, or reserved (contract G-6).</summary>
    public const string InvalidEvent = "invalid_event";

    /// <summary>A model name is unknown or badly formed.</summary>
    public const string InvalidModel = "invalid_model";

    /// <summary>A record id is empty or too long.</summary>
    public const string InvalidRecord = "invalid_record";

    /// <summary>What was given as a socket id is none.</summary>
    public const string InvalidSocket = "invalid_socket";

    /// <summary>The data is larger than the configured limit.</summary>
    public const string PayloadTooLarge = "payload_too_large";

    /// <summary>The members of this room are not known to each other: see the option <c>Presence</c>.</summary>
    public const string NoPresence = "no_presence";

    /// <summary>No credential, or one that is not valid.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The credential is good, but does not permit this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>No socket of this id is connected, or within its resume window, anywhere in the cluster.</summary>
    public const string UnknownSocket = "unknown_socket";

    /// <summary>A resume token is malformed, expired, or signed by somebody else.</summary>
    public const string InvalidResumeToken = "invalid_resume_token";

    /// <summary>The room, topic or node did not answer in time. Nothing is known about the outcome: retry.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The server takes no more work of this kind for now: retry later.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The application did not answer a virtual request within the limit. It may have done what was asked (contract V-8).</summary>
    public const string TimedOut = "timed_out";

    /// <summary>A request with this key was served before, and its answer is no longer there to be given again (contract C-24).</summary>
    public const string AnsweredBefore = "answered_before";

    /// <summary>This cannot be done over a socket: streaming, upgrading, calling a hub (contract V-13).</summary>
    public const string NotSupported = "not_supported";

    /// <summary>The application failed; the server's log says how.</summary>
    public const string InternalError = "internal_error";
}
