using Realtime.Bench.Targets;

namespace Realtime.Bench.Measuring;

/// <summary>Measures one target once.</summary>
internal sealed class Sampling(Workplace place, Settings settings)
{
    /// <param name="target">What to measure; prepared.</param>
    /// <param name="repetition">Which repetition this is, from 1.</param>
    /// <param name="commonRate">Broadcasts per second at which all targets' latencies are compared; 0 if that is not known.</param>
    /// <param name="stop">Ends it early.</param>
    internal async Task<Sample> TakeAsync(Target target, int repetition, double commonRate, CancellationToken stop)
    {
        var sample = new Sample(target.Name, repetition, []);
        try
        {
            await using var stage = await Stage.SetAsync(place, target, settings, rooms: 1, stop);
            Measure(stage, target.HasJoins, commonRate, sample.Figures);
            return sample;
        }
        catch (Exception fault) when (fault is LoadException or IOException)
        {
            return sample with { Fault = fault.Message };
        }
    }

    private void Measure(Stage stage, bool hasJoins, double commonRate, Dictionary<string, double> figures)
    {
        stage.Connect(settings.Connections);
        using var room = stage.Enter([Rooms.Main]);
        room.Keep(1, settings.WarmUpSeconds / 2);
        room.Keep(settings.InFlight, settings.WarmUpSeconds / 2);

        var calm = room.Keep(1, settings.Seconds);
        Set(Metric.RateOneAtATime, Metric.CpuOneAtATime, (calm.Rate, calm.Cpu));
        var saturated = room.Keep(settings.InFlight, settings.Seconds);
        Set(Metric.RateInFlight, Metric.CpuInFlight, (saturated.Rate, saturated.Cpu));
        figures[Metric.PerRead.Key] = saturated.PerRead;
        Set(Metric.Resident, Metric.Private, stage.Memory);
        figures[Metric.Checked.Key] = stage.Deliveries;
        if (settings.JustCpu)
            return;

        var half = saturated.Rate / settings.Connections / 2;
        Paced(half, Metric.LatencyOwnRate, Metric.LatencyOwnP50, Metric.LatencyOwnP99);
        var common = commonRate > 0 ? commonRate : half;
        if (common * 1.1 < half * 2)    // above its saturation there is no latency, only a queue
            Paced(common, Metric.LatencyCommonRate, Metric.LatencyCommonP50, Metric.LatencyCommonP99);

        if (hasJoins)
        {
            Set(Metric.Joins, Metric.CpuJoin, stage.Join(settings.JoinRounds, Rooms.OneFor));
            Set(Metric.SpreadJoins, Metric.CpuSpreadJoin, stage.Join(settings.JoinRounds, Rooms.SpreadOver(settings.SpreadRooms)));
            Set(Metric.Publishes, Metric.CpuPublish, room.Alone(settings.InFlight, settings.Seconds / 2));
        }

        Set(Metric.Connects, Metric.CpuConnect, stage.ConnectOthers(settings.Connections));
        figures[Metric.Checked.Key] = stage.Deliveries;

        void Set(Metric first, Metric second, (double First, double Second) measured) =>
            (figures[first.Key], figures[second.Key]) = measured;

        void Paced(double perSecond, Metric rate, Metric p50, Metric p99)
        {
            var latency = room.Pace(perSecond, settings.Seconds);
            figures[rate.Key] = perSecond;
            figures[p50.Key] = latency.Milliseconds(0.50);
            figures[p99.Key] = latency.Milliseconds(0.99);
        }
    }
}
