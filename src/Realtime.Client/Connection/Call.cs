using System.Text.Json;

namespace Realtime.Client.Connection;

/// <summary>Whether a call is made again when the connection was lost before its answer.</summary>
internal enum Again
{
    /// <summary>It fails.</summary>
    Never,

    /// <summary>If its room has missed nothing: then the room still knows its key, and counts it once.</summary>
    Recovered,

    /// <summary>If the same node has taken up the session: that one still knows the key of a request, and does it once.</summary>
    OnSameNode,

    /// <summary>Doing it twice is doing it once.</summary>
    Always,
}

/// <summary>An invocation of the hub, from asking to answer.</summary>
internal sealed class Call(string method, object?[] arguments)
{
    public string Method { get; } = method;

    public object?[] Arguments { get; } = arguments;

    public Again Again { get; init; }

    /// <summary>The room it is about, for <see cref="Again.Recovered"/>.</summary>
    public string? Room { get; init; }

    /// <summary>The server bounds how many of these may be under way: those above the bound wait for their turn.</summary>
    public bool IsBounded { get; init; }

    /// <summary>Called with the answer under the client's lock, before anything else can happen to the client.</summary>
    public Action<JsonElement>? Answered { get; init; }

    public bool WasSent { get; set; }

    /// <summary>When it was sent, among the others.</summary>
    public long Order { get; set; }

    /// <summary>Its place among those that wait to be sent.</summary>
    public LinkedListNode<Call>? Waiting { get; set; }

    public TaskCompletionSource<JsonElement> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
