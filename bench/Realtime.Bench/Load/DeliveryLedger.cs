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
        Check(member, _got[member]++, number);
        Deliveries++;
        if (++CollectionsMarshal.AsSpan(_received)[(int)number] == members)
            Completed++;
    }

    /// <summary>Says what is missing, for the report of a broadcast that was not completed in time.</summary>
    internal string Missing() =>
        $"{Published - Completed} of {Published} broadcasts did not reach everybody; " +
        $"{_got.Count(got => got < Published)} of {members} members miss something.";

    /// <summary>Compares a delivery with what was to come next.</summary>
    /// <param name="member">Who got it.</param>
    /// <param name="place">How many it got before.</param>
    /// <param name="number">Which broadcast it got.</param>
    /// <exception cref="LoadException">It is another one.</exception>
    protected abstract void Check(int member, int place, long number);
}

/// <summary>
/// For targets that promise one order for all. The first member that gets a broadcast sets its place; every other must get the
/// same one at the same place.
/// </summary>
internal sealed class CommonOrderLedger(int members) : DeliveryLedger(members)
{
    private readonly List<long> _order = [];
    private readonly HashSet<long> _numbers = [];

    protected override void Check(int member, int place, long number)
    {
        if (place < _order.Count && _order[place] != number)
        {
            throw new LoadException(
                $"Member {member} got broadcast {number} where others got {_order[place]}: lost, doubled or out of order.");
        }

        if (place < _order.Count)
            return;
        if (!_numbers.Add(number))
            throw new LoadException($"Member {member} got broadcast {number} twice.");
        _order.Add(number);
    }
}

/// <summary>
/// For targets that promise order within a lane only: that of one publisher, or of one room. Broadcasts take the lanes in turn, so
/// the number tells which one it is in.
/// </summary>
internal sealed class LaneOrderLedger(int members, int lanes) : DeliveryLedger(members)
{
    private readonly int[] _got = new int[members * lanes];

    protected override void Check(int member, int place, long number)
    {
        var lane = (int)(number % lanes);
        var expected = ((long)_got[(member * lanes) + lane]++ * lanes) + lane;
        if (number != expected)
            throw new LoadException($"Member {member} got broadcast {number} instead of {expected}: lost, doubled or out of order.");
    }
}
