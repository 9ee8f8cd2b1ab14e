namespace Realtime.Web.Hosting;

/// <summary>Whether this node is on its way out: it still serves those that it has, but nobody new is to be sent to it.</summary>
internal sealed class Drain
{
    private int _hasBegun;

    public bool HasBegun => Volatile.Read(ref _hasBegun) != 0;

    /// <summary>From now on the node says that it is not ready.</summary>
    /// <returns>Whether this is the first call.</returns>
    public bool Begin() => Interlocked.Exchange(ref _hasBegun, 1) == 0;
}
