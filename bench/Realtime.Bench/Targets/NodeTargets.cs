using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>Socket.IO with its defaults.</summary>
internal sealed record SocketIoTarget() : NodeTarget("socketio", "Socket.IO", "socket.io")
{
    protected override string MemberPath => "/socket.io/?EIO=4&transport=websocket";

    protected override Client Open(Workplace place, Site site, IClientEvents events) => new SocketIoClient(place.Loop, site, events);
}

/// <summary>Sails with its sockets hook.</summary>
internal sealed record SailsTarget() : NodeTarget("sails", "Sails", "sails")
{
    protected override string MemberPath => "/socket.io/?__sails_io_sdk_version=1.2.1&__sails_io_sdk_platform=browser" +
        "&__sails_io_sdk_language=javascript&EIO=3&transport=websocket";

    protected override Client Open(Workplace place, Site site, IClientEvents events) => new SailsClient(place.Loop, site, events);
}

/// <summary>A peer that Node runs: <c>server.js</c> in the folder of its name.</summary>
internal abstract record NodeTarget(string Name, string Title, string Package) : Target(Name, Title)
{
    protected abstract string MemberPath { get; }

    protected abstract Client Open(Workplace place, Site site, IClientEvents events);

    internal override Task<string> PrepareAsync(Workplace place, CancellationToken stop) =>
        Tools.NpmAsync(Path.Combine(place.Peers, Name), Package, stop);

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var program = Path.Combine(place.Peers, Name, "server.js");
        var server = await ServerProcess.Start(
            place, "node", [program, $"{address.Port}"], new Dictionary<string, string> { ["NODE_ENV"] = "production" })
            .ListensAsync(address, stop);
        return new RunningTarget([server], OpenAt, count => new SocketPublisher(place.Loop, count, OpenAt));

        Client OpenAt(int index, IClientEvents events) => Open(place, new Site(address, MemberPath, index), events);
    }
}
