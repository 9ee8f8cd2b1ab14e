namespace Realtime.Web.Models.Outbox;

/// <summary>How events travel from the outbox to the topics.</summary>
public sealed class OutboxOptions
{
    /// <summary>Name of the table; <c>realtime_outbox</c>.</summary>
    public string Table { get; set; } = "realtime_outbox";

    /// <summary>Whether this process publishes. Off: it only writes, and another process of the cluster publishes. On by default.</summary>
    public bool Publishes { get; set; } = true;

    /// <summary>How many events are read, published and deleted together; 256.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>How many events of different records may be on their way to their topics at once; 32.</summary>
    public int Concurrency { get; set; } = 32;

    /// <summary>How often the table is looked at when no commit of this process calls for it; 1 s. It finds what other nodes left.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The first pause after a failure; 100 ms. Each further failure doubles it.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between attempts; 30 s.</summary>
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromSeconds(30);
}
