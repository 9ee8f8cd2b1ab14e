using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>The script <c>./cluster</c>, as somebody tries it.</summary>
public sealed class ClusterScriptSpec(Postgres postgres) : IClassFixture<Postgres>
{
    [SkippableFact]
    public async Task Three_nodes_are_one_cluster_a_killed_one_comes_back_and_Ctrl_C_ends_all()
    {
        Requires.That(File.Exists("/bin/bash"), "No /bin/bash: the script is one of bash.");
        var output = new ProcessOutput();
        var (port, clusterPort) = (FreePorts(3), FreePorts(3));
        using var script = Start(postgres.ConnectionString, port, clusterPort);
        output.Follow(script);
        try
        {
            await Eventually.TrueAsync(() => Task.FromResult(output.Lines.Any(line => line.Contains("are one cluster now"))), TimeSpan.FromSeconds(90));
            var room = AnyRoom.Name();
            await using var member = await StockClient.DotNetJson.ConnectAsync(new Uri($"http://127.0.0.1:{port}/realtime"), "hello");
            await member.InvokeAsync("Join", room);
            Assert.Equal(1, await BroadcastAsync(port + 2, room));
            Assert.Equal(new Received("hello", "from another node"), await member.Inbox.NextAsync());

            using (var third = Process.GetProcessById(int.Parse(output.Lines.Last(line => line.StartsWith("3| process ", StringComparison.Ordinal))[11..])))
                third.Kill();
            await Eventually.TrueAsync(async () => await BroadcastAsync(port + 2, room) == 1, TimeSpan.FromSeconds(60));
        }
        finally
        {
            script.Send(Signal.Interrupt);
            await script.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        }
        Assert.Equal(0, script.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => BroadcastAsync(port, "anybody"));
    }

    private static Process Start(string connectionString, int port, int clusterPort)
    {
        var info = new ProcessStartInfo(Path.Combine(Repository.Root, "cluster"), ["--no-build", "--port", $"{port}", "--cluster-port", $"{clusterPort}", "3"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["REALTIME_CLUSTER_HOST"] = Repository.HostAssembly;
        info.Environment["REALTIME_CLUSTER_POSTGRES"] = connectionString;
        return Process.Start(info) ?? throw new InvalidOperationException("The script did not start.");
    }

    private static async Task<int> BroadcastAsync(int port, string room)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/api/rooms/{room}/broadcast", new { @event = "hello", data = "from another node" });
        answer.EnsureSuccessStatusCode();
        return (int)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["members"]!;
    }

    // The first of so many that follow each other.
    private static int FreePorts(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000); // below those that the system gives out by itself
            if (Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
