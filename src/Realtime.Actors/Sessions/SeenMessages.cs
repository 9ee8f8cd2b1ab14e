namespace Realtime.Actors.Sessions;

/// <summary>The ids of the last messages that came through several rooms, so that each is written once (contract R-33).</summary>
internal sealed class SeenMessages
{
    private const int Kept = 128;

    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>Whether this one is new.</summary>
    public bool Add(Guid id)
    {
        if (!_ids.Add(id))
            return false;
        _order.Enqueue(id);
        if (_order.Count > Kept)
            _ids.Remove(_order.Dequeue());
        return true;
    }
}
