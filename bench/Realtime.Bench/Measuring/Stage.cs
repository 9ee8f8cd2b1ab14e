using System.Diagnostics;
using Realtime.Bench.Linux;
using Realtime.Bench.Load;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Measuring;

/// <summary>A target that is up, and the members that are connected to it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int Publishers = 8;
    private const int Visitors = 50;

    private readonly Workplace _place;
    private readonly Target _target;
    private readonly RunningTarget _running;
    private readonly ProcessGroup _servers;
    private readonly Settings _settings;
    private readonly Payload _payload;
    private readonly long _resident;
    private readonly long _private;
    private readonly Fleet _fleet;

    private Stage(Workplace place, Target target, RunningTarget running, Settings settings, int rooms)
    {
        (_place, _target, _running, _settings) = (place, target, running, settings);
        _payload = new Payload(settings.PayloadBytes);
        _servers = ProcessGroup.Of(running.Servers.Select(server => server.Pid));
        Visit();
        (_resident, _private) = (_servers.ResidentBytes(), _servers.PrivateBytes());
        _fleet = NewFleet(rooms);
    }

    /// <summary>Members that are connected.</summary>
    internal int Members => _fleet.Count;

    /// <summary>Deliveries that were checked.</summary>
    internal long Deliveries => _fleet.Ledger.Deliveries;

    /// <summary>KiB per member that the servers hold more than when they were empty: resident, and what they don't share.</summary>
    internal (double Resident, double Private) Memory =>
        ((_servers.ResidentBytes() - _resident) / 1024.0 / Members, (_servers.PrivateBytes() - _private) / 1024.0 / Members);

    /// <summary>How to connect to the database that joins are written to; null if they are not.</summary>
    internal string? Journal => _running.Journal;

    /// <summary>Starts a target. Members will get broadcasts in so many rooms.</summary>
    internal static async Task<Stage> SetAsync(Workplace place, Target target, Settings settings, int rooms, CancellationToken stop)
    {
        var running = await target.StartAsync(place, stop);
        try
        {
            return new Stage(place, target, running, settings, rooms);
        }
        catch (Exception)
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects all members: connects per second, and CPU microseconds of each.</summary>
    internal (double Rate, double Cpu) Connect(int members) => Connect(_fleet, members);

    /// <summary>Connects others for a moment, on a server that is warm by now, without letting them join anything.</summary>
    internal (double Rate, double Cpu) ConnectOthers(int count)
    {
        using var others = NewFleet(rooms: 1);
        return Connect(others, count);
    }

    /// <summary>All members join a room, so many times: joins per second, and CPU microseconds of each.</summary>
    internal (double Rate, double Cpu) Join(int rounds, Func<int, int, string> roomOf)
    {
        var clock = new Stopclock(_servers);
        for (var round = 0; round < rounds; round++)
        {
            var now = round;
            _fleet.Join(_settings.JoinsAtOnce, member => roomOf(now, member));
        }

        var joins = (double)rounds * Members;
        return (joins / clock.Seconds, clock.CpuMicroseconds / joins);
    }

    /// <summary>All members join room after room, for as long as the compilers of the server take.</summary>
    internal void JoinFor(double seconds, Func<int, int, string> roomOf)
    {
        var clock = Stopwatch.StartNew();
        for (var round = 0; clock.Elapsed.TotalSeconds < seconds; round++)
        {
            var now = round;
            _fleet.Join(_settings.JoinsAtOnce, member => roomOf(now, member));
        }
    }

    /// <summary>All members join the rooms that broadcasts will go to.</summary>
    internal FanOut Enter(IReadOnlyList<string> rooms)
    {
        if (_target.HasJoins)
            Join(rooms.Count, (round, _) => rooms[round]);
        return new FanOut(rooms, _fleet, _running.Publish(Publishers), _servers, _payload);
    }

    /// <summary>Managed bytes that the servers have allocated so far; null if they do not tell.</summary>
    internal async Task<double?> AllocatedAsync(CancellationToken stop) => _running.Allocated is { } ask ? await ask(stop) : null;

    public async ValueTask DisposeAsync()
    {
        _fleet.Dispose();
        await _running.DisposeAsync();
    }

    /// <summary>A few visitors come and go, so that code which is loaded once is not counted as memory of connections.</summary>
    private void Visit()
    {
        const string hall = "hall";
        using var visitors = NewFleet(rooms: 1);
        visitors.Connect(Visitors, _running.Open);
        if (_target.HasJoins)
            visitors.Join(Visitors, _ => hall);
        using var visit = new FanOut(
            [_target.HasJoins ? hall : Rooms.Main], visitors, _running.Publish(Publishers), _servers, _payload);
        visit.Keep(Publishers, 1);
    }

    private (double Rate, double Cpu) Connect(Fleet fleet, int count)
    {
        var clock = new Stopclock(_servers);
        fleet.Connect(count, _running.Open);
        return (count / clock.Seconds, clock.CpuMicroseconds / count);
    }

    private Fleet NewFleet(int rooms) => new(_place.Loop, _payload, members =>
        _target.HasCommonOrder ? new CommonOrderLedger(members, rooms, _target.Services) : new PublisherOrderLedger(members, Publishers));
}
