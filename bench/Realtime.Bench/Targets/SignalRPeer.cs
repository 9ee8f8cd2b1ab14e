using System.Net;

namespace Realtime.Bench.Targets;

/// <summary>The program of <c>bench/peers/signalr</c>.</summary>
internal static class SignalRPeer
{
    internal const string Path = "/realtime";

    internal static async Task<string> PublishAsync(Workplace place, CancellationToken stop)
    {
        await place.PublishAsync(Project(place), stop);
        return $"ASP.NET Core {await Tools.AspNetVersionAsync(stop)}";
    }

    internal static async Task<ServerProcess> StartAsync(
        Workplace place, IPEndPoint address, IReadOnlyList<string> settings, CancellationToken stop)
    {
        var assembly = await place.PublishAsync(Project(place), stop);
        return await ServerProcess.Start(place, "dotnet", [assembly, "--urls", $"http://{address}", .. settings]).ListensAsync(address, stop);
    }

    private static string Project(Workplace place) => System.IO.Path.Combine(place.Peers, "signalr", "SignalRPeer.csproj");
}
