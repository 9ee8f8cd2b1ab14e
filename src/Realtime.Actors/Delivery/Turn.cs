namespace Realtime.Actors.Delivery;

/// <summary>
/// One turn of a node's sessions. Each relay that has something to tell gets it, and tells it on to some of its sessions, behind
/// what they are to write; it is over when all who have it have passed it.
/// </summary>
internal sealed class Turn(Turns turns, int relays, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private int _open = relays;

    /// <summary>How long ago it began.</summary>
    public TimeSpan Age => time.GetElapsedTime(_began);

    /// <summary>So many sessions get it too. To be said before the relay passes it.</summary>
    public void GoesTo(int sessions) => Interlocked.Add(ref _open, sessions);

    /// <summary>One of those who have it has had it.</summary>
    public void Pass()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            turns.End(this);
    }
}
