using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Realtime.Actors.Tests.Support;

/// <summary>What a test wants of the journal of its actor system: to wait, to fail, to reject, and to say how many rows it took.</summary>
public sealed class JournalControl
{
    private static readonly ConditionalWeakTable<ActorSystem, JournalControl> All = [];

    private TaskCompletionSource _gate = Open();

    public int Rows { get; private set; }

    public bool Fails { get; set; }

    public bool Rejects { get; set; }

    public static JournalControl Of(ActorSystem system) => All.GetOrCreateValue(system);

    /// <summary>Writes wait from now on.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    internal Task Gate => _gate.Task;

    internal void Count() => Rows++;

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}

/// <summary>A journal in memory that does what its <see cref="JournalControl"/> says.</summary>
public sealed class JournalOnDemand : MemoryJournal
{
    private readonly JournalControl _control = JournalControl.Of(Context.System);

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        await _control.Gate;
        if (_control.Fails)
            throw new IOException("The test's disk is full.");
        var writes = messages.ToArray();
        if (_control.Rejects)
            return [.. writes.Select(_ => new NotSupportedException("The test's journal takes no such thing."))];
        foreach (var _ in writes)
            _control.Count();
        return await base.WriteMessagesAsync(writes, cancellationToken);
    }
}
