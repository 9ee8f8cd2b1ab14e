using System.Diagnostics;
using Realtime.Bench.Linux;
using Realtime.Bench.Load;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Measuring;

/// <summary>Broadcasts to rooms that all members of a fleet are in, to one after the other.</summary>
internal sealed class FanOut(IReadOnlyList<string> rooms, Fleet fleet, IPublisher publisher, ProcessGroup servers, Payload payload)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private DeliveryLedger Ledger => fleet.Ledger;

    /// <summary>
    /// Deliveries per second, CPU microseconds per delivery and deliveries per read, while so many broadcasts are always under way.
    /// </summary>
    internal (double Rate, double Cpu, double PerRead) Keep(int inFlight, double seconds)
    {
        var (before, reads) = (Ledger.Deliveries, fleet.Reads);
        var clock = new Stopclock(servers);
        while (clock.Seconds < seconds)
        {
            while (Ledger.Published - Ledger.Completed < inFlight)
                Publish();
            fleet.Poll(TimeSpan.FromMilliseconds(50));
            if (clock.Seconds > seconds + Patience.TotalSeconds)
                throw new LoadException(Ledger.Missing());
        }

        var rate = (Ledger.Deliveries - before) / clock.Seconds;
        Drain();
        var deliveries = Ledger.Deliveries - before;
        return (rate, clock.CpuMicroseconds / deliveries, (double)deliveries / (fleet.Reads - reads));
    }

    /// <summary>
    /// Publishes to a room that nobody is in: publishes per second, and CPU microseconds of each. What a broadcast costs before
    /// its first delivery, so that nobody has to guess how much of it is hidden in the figures per delivery.
    /// </summary>
    internal (double Rate, double Cpu) Alone(int inFlight, double seconds)
    {
        var message = payload.Make(0);
        var published = 0L;
        var clock = new Stopclock(servers);
        while (clock.Seconds < seconds)
        {
            for (; publisher.Unanswered < inFlight; published++)
                publisher.Publish(Rooms.Empty, message);
            fleet.Poll(TimeSpan.FromMilliseconds(50));
        }

        Drain();
        return (published / clock.Seconds, clock.CpuMicroseconds / published);
    }

    /// <summary>Publishes at a steady rate, whatever the target does, and collects how long each delivery took.</summary>
    internal LatencySamples Pace(double broadcastsPerSecond, double seconds)
    {
        var between = Stopwatch.Frequency / broadcastsPerSecond;
        var start = Stopwatch.GetTimestamp();
        var total = (long)(broadcastsPerSecond * seconds);
        var latency = new LatencySamples(Ledger.Published, start, between);
        fleet.Latency = latency;
        for (var sent = 0L; sent < total;)
        {
            var due = start + (long)(sent * between);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait <= TimeSpan.Zero)
            {
                Publish();
                sent++;
                wait = TimeSpan.Zero;
            }

            fleet.Poll(wait);
        }

        Drain();
        fleet.Latency = null;
        return latency;
    }

    /// <summary>Waits until everybody has everything.</summary>
    internal void Drain()
    {
        var start = Stopwatch.GetTimestamp();
        while (Ledger.Completed < Ledger.Published || publisher.Unanswered > 0)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new LoadException(Ledger.Missing());
            fleet.Poll(TimeSpan.FromMilliseconds(50));
        }
    }

    public void Dispose() => publisher.Dispose();

    private void Publish()
    {
        var number = Ledger.Next();
        publisher.Publish(rooms[(int)(number % rooms.Count)], payload.Make(number));
    }
}
