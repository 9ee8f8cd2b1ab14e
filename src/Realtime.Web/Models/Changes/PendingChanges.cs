using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Models.Changes;

/// <summary>What the interceptor remembers of a context between the begin of a save and the end of its transaction.</summary>
internal sealed class PendingChanges
{
    /// <summary>The save that is under way, or null.</summary>
    public ChangeSet? Save { get; set; }

    /// <summary>
    /// Whether the save is about to fail because somebody else was faster: EF Core does not say so, and an interceptor of the
    /// application may still let it succeed.
    /// </summary>
    public bool IsDoubtful { get; set; }

    /// <summary>Whether EF Core opens the transaction of the save, and commits it, by itself.</summary>
    public bool IsOwnTransaction { get; set; }

    /// <summary>Whether the events of the save are in the outbox.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Whether the transaction under way has events in the outbox.</summary>
    public bool IsUnannounced { get; set; }

    /// <summary>The application's setting, which the save replaces for its duration.</summary>
    public AutoTransactionBehavior? Behavior { get; set; }
}
