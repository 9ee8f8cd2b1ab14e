using Realtime.Bench.Targets;

namespace Realtime.Bench.Measuring;

/// <summary>Measures a target at a point of a curve.</summary>
internal sealed class CurveSampling(Workplace place, Settings settings)
{
    internal async Task<CurvePoint> TakeAsync(Curve curve, Target target, int x, int repetition, CancellationToken stop)
    {
        var point = new CurvePoint(curve.Key, target.Name, x, repetition);
        var scene = curve.At(new Scene { Connections = settings.Connections, PayloadBytes = settings.PayloadBytes }, x);
        try
        {
            var sized = target is RealtimeTarget ours ? ours with { Nodes = scene.Nodes } : target;
            await using var stage = await Stage.SetAsync(place, sized, settings with { PayloadBytes = scene.PayloadBytes }, scene.RoomsPerSocket, stop);
            stage.Connect(scene.Connections);
            if (scene.SilentRooms > 0)
            {
                var rounds = (scene.SilentRooms + scene.Connections - 1) / scene.Connections;
                stage.Join(rounds, (round, member) => $"silent-{((round * scene.Connections) + member) % scene.SilentRooms}");
            }

            using var rooms = stage.Enter([.. Enumerable.Range(0, scene.RoomsPerSocket).Select(Rooms.Numbered)]);
            // Each node has a compiler of its own, and all share the CPU.
            rooms.Keep(1, settings.WarmUpSeconds / 2 * scene.Nodes);
            rooms.Keep(settings.InFlight * scene.Nodes, settings.WarmUpSeconds / 2 * scene.Nodes);
            var allocated = await stage.AllocatedAsync(stop);
            var (oneAtATime, first, _) = Kept(stage, rooms, 1);
            var between = await stage.AllocatedAsync(stop);
            var (inFlight, second, perRead) = Kept(stage, rooms, settings.InFlight * scene.Nodes);
            var after = await stage.AllocatedAsync(stop);
            return point with
            {
                CpuOneAtATime = oneAtATime,
                CpuInFlight = inFlight,
                PerRead = perRead,
                PrivateKiB = stage.Memory.Private,
                AllocatedOneAtATime = (between - allocated) / first,
                AllocatedInFlight = (after - between) / second,
            };
        }
        catch (Exception fault) when (fault is LoadException or IOException)
        {
            return point with { Fault = fault.Message };
        }
    }

    private (double Cpu, long Deliveries, double PerRead) Kept(Stage stage, FanOut rooms, int inFlight)
    {
        var before = stage.Deliveries;
        var kept = rooms.Keep(inFlight, settings.Seconds);
        return (kept.Cpu, stage.Deliveries - before, kept.PerRead);
    }
}
