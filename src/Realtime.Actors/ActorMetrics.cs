using System.Diagnostics.Metrics;

namespace Realtime.Actors;

/// <summary>What rooms, topics and sessions do, in numbers; the meter is <see cref="MeterName"/>. Counted by the batch, never by the delivery.</summary>
public static class ActorMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Realtime.Actors";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly UpDownCounter<int> FeedsAwake =
        Meter.CreateUpDownCounter<int>("realtime.feeds.awake", "{feed}", "Rooms and topics that are in memory, by kind.");

    internal static readonly UpDownCounter<int> SessionsKept =
        Meter.CreateUpDownCounter<int>("realtime.sessions", "{session}", "Sockets that this node keeps, those within their resume window among them.");

    internal static readonly Counter<int> Messages =
        Meter.CreateCounter<int>("realtime.messages", "{message}", "Messages that rooms and topics said, by kind.");

    internal static readonly Counter<int> Deliveries =
        Meter.CreateCounter<int>("realtime.deliveries", "{delivery}", "Messages told to sessions of this node: one for each message and session.");

    internal static readonly Counter<int> Batches =
        Meter.CreateCounter<int>("realtime.delivery.batches", "{batch}", "How often sessions were told: messages that waited together are one batch.");

    internal static readonly Histogram<int> EventsPerRow =
        Meter.CreateHistogram<int>("realtime.journal.row.events", "{event}", "Changes that share one row of the journal.");

    internal static readonly Histogram<double> WriteDuration =
        Meter.CreateHistogram<double>("realtime.journal.write.duration", "s", "From a change's turn until it is written.");

    internal static readonly Counter<int> Gaps =
        Meter.CreateCounter<int>("realtime.gaps", "{gap}", "Messages that were missing on the way to this node, and asked for again.");

    internal static readonly Counter<int> Losses =
        Meter.CreateCounter<int>("realtime.losses", "{loss}", "Messages that could not be had again; the members were told.");

    internal static readonly Counter<int> Resumes =
        Meter.CreateCounter<int>("realtime.resumes", "{feed}", "Rooms and topics that came-back sockets were in, by whether all was recovered.");

    internal static readonly Counter<int> SlowConsumers =
        Meter.CreateCounter<int>("realtime.slow.consumers", "{event}", "Disconnections and drops of clients that read too slowly, by policy.");

    internal static readonly Counter<int> FeedsChecked =
        Meter.CreateCounter<int>("realtime.housekeeping.checked", "{feed}", "Stored rooms and topics that were asked to look for members on lost nodes, by kind.");

    internal static readonly Counter<int> Sweeps =
        Meter.CreateCounter<int>("realtime.housekeeping.sweeps", "{sweep}", "How often all stored rooms and topics have been asked.");

    internal static KeyValuePair<string, object?> Kind(bool isTopic) => isTopic ? Topic : Room;

    internal static KeyValuePair<string, object?> Recovered(bool recovered) => recovered ? WasRecovered : WasNotRecovered;

    internal static KeyValuePair<string, object?> Policy(Sessions.SlowConsumerPolicy policy) => new("policy", Names[(int)policy]);

    private static readonly string[] Names = ["disconnect", "drop_oldest", "drop_newest"];
    private static readonly KeyValuePair<string, object?> Room = new("kind", "room");
    private static readonly KeyValuePair<string, object?> Topic = new("kind", "topic");
    private static readonly KeyValuePair<string, object?> WasRecovered = new("recovered", "true");
    private static readonly KeyValuePair<string, object?> WasNotRecovered = new("recovered", "false");
}
