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
    private TaskCompletionSource _held = Open();

    public int Rows { get; private set; }

    public bool Fails { get; set; }

    public bool Rejects { get; set; }

    public static JournalControl Of(ActorSystem system) => All.GetOrCreateValue(system);

    /// <summary>Writes wait from now on.</summary>
    public void Hold() => (_gate, _held) = (Closed(), Closed());

    /// <summary>Completes when there is one that waits.</summary>
    public Task HeldAsync() => _held.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Release() => _gate.TrySetResult();

    internal Task PassAsync()
    {
        _held.TrySetResult();
        return _gate.Task;
    }

    internal void Count() => Rows++;

    private static TaskCompletionSource Open()
    {
        var open = Closed();
        open.SetResult();
        return open;
    }

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A journal in memory that does what its <see cref="JournalControl"/> says.</summary>
public sealed class JournalOnDemand : MemoryJournal
{
    private readonly JournalControl _control = JournalControl.Of(Context.System);

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        await _control.PassAsync();
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
