namespace Realtime.Web.Models.Outbox;

/// <summary>
/// An event that is committed, but not yet published. A row is written in the transaction of the change that it tells of,
/// after the changed rows are locked: so for one record, the order of <see cref="Id"/> is the order of the commits.
/// </summary>
public sealed class OutboxRow
{
    /// <summary>The position. Rows of other transactions may have lower numbers and become visible later.</summary>
    public long Id { get; set; }

    /// <summary>The save that wrote it; its events are published in order.</summary>
    public required string Save { get; set; }

    /// <summary>Its place among the events of the save. With <see cref="Save"/> it tells a retry from a new event.</summary>
    public int Ordinal { get; set; }

    /// <summary>The identity of the model.</summary>
    public required string Model { get; set; }

    /// <summary>The id of the record.</summary>
    public required string Record { get; set; }

    /// <summary>What happened: the number of a <see cref="Actors.Names.Verb"/>.</summary>
    public int Verb { get; set; }

    /// <summary>What clients get, as UTF-8 JSON.</summary>
    public required byte[] Envelope { get; set; }

    /// <summary>The socket that caused it and shall not hear of it, if any.</summary>
    public string? Omit { get; set; }

    /// <summary>When it was written, in milliseconds since 1970 (UTC).</summary>
    public long WrittenAt { get; set; }
}
