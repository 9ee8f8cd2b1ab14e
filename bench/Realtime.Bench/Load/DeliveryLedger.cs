using System.Runtime.InteropServices;

namespace Realtime.Bench.Load;

/// <summary>
/// Checks every delivery: each member gets each broadcast once, and in the order that the target promises. One that is lost,
/// doubled or out of order is seen at the next delivery; one that is lost at the end, by its broadcast never being complete.
/// </summary>
internal abstract class DeliveryLedger(int members)
{
    private readonly int[] _got = new int[members];
    private readonly List<int> _received = [];

    /// <summary>Deliveries seen so far.</summary>
    internal long Deliveries { get; private set; }

    /// <summary>Broadcasts that were handed to the publisher.</summary>
    internal long Published { get; private set; }

    /// <summary>Broadcasts that every member has.</summary>
    internal long Completed { get; private set; }

    /// <summary>The number for the next broadcast.</summary>
    internal long Next()
    {
        _received.Add(0);
        return Published++;
    }

    /// <exception cref="LoadException">This member should have got something else.</exception>
    internal void Record(int member, long number)
    {
        if (number >= Published)
            throw new LoadException($"Member {member} got broadcast {number}, which nobody published.");
        Check(member, number);
        _got[member]++;
        Deliveries++;
        if (++CollectionsMarshal.AsSpan(_received)[(int)number] == members)
            Completed++;
    }

    /// <summary>Says what is missing, for the report of a broadcast that was not completed in time.</summary>
    internal string Missing() =>
        $"{Published - Completed} of {Published} broadcasts did not reach everybody; " +
        $"{_got.Count(got => got < Published)} of {members} members miss something.";

    /// <summary>Compares a delivery with what was to come next.</summary>
    /// <exception cref="LoadException">It is another one.</exception>
    protected abstract void Check(int member, long number);
}

/// <summary>
/// For targets that promise one order for all, in each room. The first member that gets a broadcast sets its place in the room; every
/// other must get the same one at the same place. Broadcasts take the rooms in turn, so the number tells which one it is in. Where
/// members are spread over services that know nothing of each other, each has an order of its own.
/// </summary>
/// <remarks>Not the order of publishing: what two publish at once may come in either order, as long as it is the same for all.</remarks>
internal sealed class CommonOrderLedger(int members, int rooms, int services = 1) : DeliveryLedger(members)
{
    private readonly List<long>[] _orders = [.. Enumerable.Range(0, rooms * services).Select(_ => new List<long>())];
    private readonly HashSet<long>[] _numbers = [.. Enumerable.Range(0, services).Select(_ => new HashSet<long>())];
    private readonly int[] _got = new int[members * rooms];

    protected override void Check(int member, long number)
    {
        var (room, service) = ((int)(number % rooms), member % services);
        var (order, place) = (_orders[(service * rooms) + room], _got[(member * rooms) + room]++);
        if (place < order.Count && order[place] != number)
        {
            throw new LoadException(
                $"Member {member} got broadcast {number} where others got {order[place]}: lost, doubled or out of order.");
        }

        if (place < order.Count)
            return;
        if (!_numbers[service].Add(number))
            throw new LoadException($"Member {member} got broadcast {number} twice.");
        order.Add(number);
    }
}

/// <summary>
/// For targets that promise the order of each publisher only. Broadcasts take the publishers in turn, so the number tells whose it is.
/// </summary>
internal sealed class PublisherOrderLedger(int members, int publishers) : DeliveryLedger(members)
{
    private readonly int[] _got = new int[members * publishers];

    protected override void Check(int member, long number)
    {
        var publisher = (int)(number % publishers);
        var expected = ((long)_got[(member * publishers) + publisher]++ * publishers) + publisher;
        if (number != expected)
            throw new LoadException($"Member {member} got broadcast {number} instead of {expected}: lost, doubled or out of order.");
    }
}
