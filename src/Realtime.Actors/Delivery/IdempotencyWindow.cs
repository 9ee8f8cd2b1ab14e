namespace Realtime.Actors.Delivery;

/// <summary>
/// Remembers the receipts of the last publications that came with a key, so that a retry is answered with the receipt of
/// the first attempt instead of being said again.
/// </summary>
/// <typeparam name="TReceipt">What a publisher gets.</typeparam>
public sealed class IdempotencyWindow<TReceipt>(int capacity)
{
    private readonly Dictionary<string, TReceipt> _receipts = [];
    private readonly Queue<string> _order = new();

    /// <summary>How many receipts are kept.</summary>
    public int Capacity => capacity;

    /// <summary>What is kept, oldest first.</summary>
    public IEnumerable<(string Key, TReceipt Receipt)> All => _order.Select(key => (key, _receipts[key]));

    /// <summary>Finds the receipt of an earlier publication with this key.</summary>
    public bool TryGet(string? key, out TReceipt? receipt)
    {
        receipt = default;
        return key is not null && _receipts.TryGetValue(key, out receipt);
    }

    /// <summary>Keeps a receipt, until <see cref="Trim"/> finds it among the oldest. Without a key there is nothing to keep.</summary>
    public void Keep(string? key, TReceipt receipt)
    {
        if (key is not null && capacity > 0 && _receipts.TryAdd(key, receipt))
            _order.Enqueue(key);
    }

    /// <summary>Lets go of the oldest receipts. Not before all of a turn are answered: a retry may stand beside its first attempt.</summary>
    public void Trim()
    {
        while (_order.Count > capacity)
            _receipts.Remove(_order.Dequeue());
    }
}
