using System.Collections.Concurrent;
using Realtime.Testing;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>Where handlers wait, by name, until the test lets them go on.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new();

    public Gate this[string name] => _gates.GetOrAdd(name, static _ => new Gate());

    public void OpenAll()
    {
        foreach (var gate in _gates.Values)
            gate.Open();
    }
}

/// <summary>One of them.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>How many have come.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    public Task PassAsync()
    {
        Interlocked.Increment(ref _arrived);
        return _opened.Task;
    }

    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until so many have come.</summary>
    public Task HasAsync(int arrived) => Eventually.TrueAsync(() => Task.FromResult(Arrived >= arrived));
}
