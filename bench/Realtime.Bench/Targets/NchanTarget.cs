using Realtime.Bench.Clients;
using Realtime.Bench.Load;

namespace Realtime.Bench.Targets;

/// <summary>nchan: nginx with its publish/subscribe module, one worker. Members are who has the channel's WebSocket open.</summary>
internal sealed record NchanTarget() : Target("nchan", "nchan")
{
    private const string Nginx = "/usr/sbin/nginx";
    private const string Module = "/usr/lib/nginx/modules/ngx_nchan_module.so";

    internal override bool HasJoins => false;

    internal override async Task<string> PrepareAsync(Workplace place, CancellationToken stop)
    {
        await Tools.NeedAsync(Module, "nginx libnginx-mod-nchan", stop);
        var nginx = (await Tools.RunAsync(Nginx, "-v", stop)).Split('/')[^1];
        return $"nginx {nginx}, nchan {await Tools.RunAsync("dpkg-query", "-W -f=${Version} libnginx-mod-nchan", stop)}";
    }

    internal override async Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var folder = place.NewFolder();
        var template = await File.ReadAllTextAsync(Path.Combine(place.Peers, "nchan", "nginx.conf"), stop);
        var settings = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(settings, template.Replace("@port@", $"{address.Port}", StringComparison.Ordinal), stop);
        var server = await ServerProcess.Start(place, Nginx, ["-p", folder, "-c", settings]).ListensAsync(address, stop);
        var form = new HttpPublication(room => $"/publish/{room}", "Content-Type: text/plain\r\n", payload => payload);
        return new RunningTarget([server], Open, _ => new HttpPublisher(place.Loop, [address], form));

        Client Open(int index, IClientEvents events) =>
            new PlainClient(place.Loop, new Site(address, $"/subscribe/{Rooms.Main}", index), events);
    }
}
