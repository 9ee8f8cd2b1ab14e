using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>The limit: a WebSocket server in C that does nothing but send. <c>bench/peers/c/server.c</c> explains its modes.</summary>
internal sealed record CTarget(string Name, string Title, string Mode) : Target(Name, Title)
{
    internal override bool HasJoins => false;

    internal override async Task<string> PrepareAsync(Workplace place, CancellationToken stop)
    {
        await Tools.NeedAsync("/usr/bin/gcc", "gcc libc6-dev", stop);
        var source = Path.Combine(place.Peers, "c", "server.c");
        await Tools.RunAsync("gcc", $"-O2 -Wall -Wextra -Werror -o {Program(place)} {source}", stop);
        return (await Tools.RunAsync("gcc", "--version", stop)).Split('\n')[0];
    }

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var server = await ServerProcess.Start(place, Program(place), [$"{address.Port}", Mode]).ListensAsync(address, stop);
        return new RunningTarget(
            [server],
            (index, events) => new PlainClient(place.Loop, new Site(address, "/member", index), events),
            count => new SocketPublisher(
                place.Loop, count, (index, events) => new PlainClient(place.Loop, new Site(address, "/publish", index), events)));
    }

    private static string Program(Workplace place) => Path.Combine(place.Scratch, "c-server");
}
