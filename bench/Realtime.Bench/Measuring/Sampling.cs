using Realtime.Bench.Linux;
using Realtime.Bench.Load;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Measuring;

/// <summary>Measures one target once.</summary>
internal sealed class Sampling(Workplace place, Settings settings)
{
    private const int Publishers = 8;
    private const int Visitors = 50;

    private readonly Payload _payload = new(settings.PayloadBytes);

    /// <param name="target">What to measure; prepared.</param>
    /// <param name="repetition">Which repetition this is, from 1.</param>
    /// <param name="commonRate">Broadcasts per second at which all targets' latencies are compared; 0 if that is not known.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<Sample> TakeAsync(Target target, int repetition, double commonRate, CancellationToken stop)
    {
        var sample = new Sample(target.Name, repetition, []);
        try
        {
            await using var running = await target.StartAsync(place, stop);
            Measure(target, running, commonRate, sample.Figures);
            return sample;
        }
        catch (Exception fault) when (fault is LoadException or IOException)
        {
            return sample with { Fault = fault.Message };
        }
    }

    private void Measure(Target target, RunningTarget running, double commonRate, Dictionary<string, double> figures)
    {
        var servers = ProcessGroup.Of(running.Servers.Select(server => server.Pid));
        Visit(target, running, servers);
        var (resident, private_) = (servers.ResidentBytes(), servers.PrivateBytes());

        using var fleet = NewFleet(target);
        using var publisher = running.Publish(Publishers);
        fleet.Connect(settings.Connections, running.Open);
        if (target.HasJoins)
            fleet.Join(_ => Rooms.Main);

        var room = new FanOut(Rooms.Main, fleet, publisher, servers, _payload);
        room.Keep(1, settings.WarmUpSeconds / 2);
        room.Keep(settings.InFlight, settings.WarmUpSeconds / 2);

        Set(Metric.RateOneAtATime, Metric.CpuOneAtATime, room.Keep(1, settings.Seconds));
        var saturated = room.Keep(settings.InFlight, settings.Seconds);
        Set(Metric.RateInFlight, Metric.CpuInFlight, saturated);
        figures[Metric.Resident.Key] = (servers.ResidentBytes() - resident) / 1024.0 / settings.Connections;
        figures[Metric.Private.Key] = (servers.PrivateBytes() - private_) / 1024.0 / settings.Connections;

        var half = saturated.Rate / settings.Connections / 2;
        Paced(half, Metric.LatencyOwnRate, Metric.LatencyOwnP50, Metric.LatencyOwnP99);
        var common = commonRate > 0 ? commonRate : half;
        if (common * 1.1 < half * 2)    // above its saturation there is no latency, only a queue
            Paced(common, Metric.LatencyCommonRate, Metric.LatencyCommonP50, Metric.LatencyCommonP99);

        if (target.HasJoins)
        {
            Set(Metric.Joins, Metric.CpuJoin, Join(fleet, servers, (round, _) => $"join-{round}"));
            Set(
                Metric.SpreadJoins, Metric.CpuSpreadJoin,
                Join(fleet, servers, (round, member) => $"spread-{round}-{member % settings.SpreadRooms}"));
        }

        Set(Metric.Connects, Metric.CpuConnect, Connect(target, running, servers));
        figures[Metric.Checked.Key] = fleet.Ledger.Deliveries;

        void Set(Metric rate, Metric cpu, (double Rate, double Cpu) measured) =>
            (figures[rate.Key], figures[cpu.Key]) = (measured.Rate, measured.Cpu);

        void Paced(double perSecond, Metric rate, Metric p50, Metric p99)
        {
            var latency = room.Pace(perSecond, settings.Seconds);
            figures[rate.Key] = perSecond;
            figures[p50.Key] = latency.Milliseconds(0.50);
            figures[p99.Key] = latency.Milliseconds(0.99);
        }
    }

    /// <summary>A few visitors come and go, so that code which is loaded once is not counted as memory of connections.</summary>
    private void Visit(Target target, RunningTarget running, ProcessGroup servers)
    {
        const string hall = "hall";
        using var visitors = NewFleet(target);
        using var publisher = running.Publish(Publishers);
        visitors.Connect(Visitors, running.Open);
        if (target.HasJoins)
            visitors.Join(_ => hall);
        new FanOut(target.HasJoins ? hall : Rooms.Main, visitors, publisher, servers, _payload).Keep(settings.InFlight, 1);
    }

    private Fleet NewFleet(Target target) => new(
        place.Loop, _payload,
        members => target.HasCommonOrder ? new CommonOrderLedger(members) : new PublisherOrderLedger(members, Publishers));

    private (double Rate, double Cpu) Join(Fleet fleet, ProcessGroup servers, Func<int, int, string> roomOf)
    {
        var clock = new Stopclock(servers);
        for (var round = 0; round < settings.JoinRounds; round++)
        {
            var now = round;
            fleet.Join(member => roomOf(now, member));
        }

        var joins = (double)settings.JoinRounds * fleet.Count;
        return (joins / clock.Seconds, clock.CpuMicroseconds / joins);
    }

    /// <summary>As many connections again, on a server that is warm.</summary>
    private (double Rate, double Cpu) Connect(Target target, RunningTarget running, ProcessGroup servers)
    {
        using var newcomers = NewFleet(target);
        var clock = new Stopclock(servers);
        newcomers.Connect(settings.Connections, running.Open);
        return (newcomers.Count / clock.Seconds, clock.CpuMicroseconds / newcomers.Count);
    }
}
