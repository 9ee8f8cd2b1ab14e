using Realtime.Client.Delivery;

namespace Realtime.Client.Connection;

/// <summary>What the server says when a connection is made.</summary>
internal sealed record Hello(string SocketId, string ResumeToken, double ResumeWindowSeconds, string Node, int? RequestsAtOnce);

/// <summary>What the server says when it has taken up the session of an earlier connection.</summary>
internal sealed record Resumed(string SocketId, string ResumeToken, IReadOnlyList<ResumedFeed> Rooms);

/// <summary>A room or part of a topic of a session that was taken up.</summary>
internal sealed record ResumedFeed(string Room, long Epoch, long Seq, bool Recovered);

/// <summary>How a connection began.</summary>
internal sealed class Opening(Hello hello, bool isResumed)
{
    public Hello Hello { get; } = hello;

    /// <summary>Whether the server took up the session of the connection before.</summary>
    public bool IsResumed { get; } = isResumed;

    /// <summary>Whether it was the same node that took it up, in the same run of its process.</summary>
    public bool IsOnSameNode { get; init; }

    /// <summary>Where the feeds of the taken up session stood then.</summary>
    public Dictionary<string, Position> Resumed { get; } = new(StringComparer.Ordinal);

    /// <summary>Where feeds stand now. To be noted after the frames that came meanwhile.</summary>
    public List<Place> Places { get; } = [];

    public List<Recovery> Recoveries { get; } = [];

    /// <summary>The rooms of which nothing was missed.</summary>
    public IReadOnlySet<string> Unbroken => Recoveries.Where(static it => it is { Recovered: true, Room: not null }).Select(static it => it.Room!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Feeds that this client is no longer in.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Things that could not be made good.</summary>
    public List<Exception> Errors { get; } = [];
}
