using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Realtime.Host.Tests.Clients;

namespace Realtime.Host.Tests;

/// <summary>What the service says of itself in numbers.</summary>
public sealed partial class MetricsSpec
{
    [Fact]
    public async Task Traffic_is_counted()
    {
        await using var host = await HostProcess.StartAsync();
        await using var one = await StockClient.DotNetJson.ConnectAsync(host.Hub, "hello", "user");
        await using var two = await StockClient.DotNetJson.ConnectAsync(host.Hub, "hello");
        foreach (var client in new[] { one, two })
            await client.InvokeAsync("Join", "counted");
        for (var i = 0; i < 3; i++)
        {
            await host.BroadcastAsync("counted", "hello", i);
            await one.Inbox.NextAsync();
            await two.Inbox.NextAsync();
        }
        await one.InvokeAsync("Watch", "user");
        await host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "johnny five" });
        await one.Inbox.NextAsync();

        var text = await host.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(2, Value(text, "realtime_transport_connections"));
        Assert.Equal(2, Value(text, "realtime_sessions"));
        Assert.Equal(3, Value(text, "realtime_messages_total", "kind=\"room\""));
        Assert.Equal(1, Value(text, "realtime_messages_total", "kind=\"topic\""));
        Assert.Equal(7, Value(text, "realtime_deliveries_total"));
        Assert.Equal(1, Value(text, "realtime_outbox_published_total"));
        Assert.True(Value(text, "realtime_journal_write_duration_seconds_count") >= 2);
        Assert.True(Value(text, "dotnet_gc_heap_total_allocated_bytes_total") > 0);
    }

    [Fact]
    public async Task What_is_refused_is_counted_by_its_code_and_sockets_that_are_nowhere_too() // R-8
    {
        await using var host = await HostProcess.StartAsync();
        await using var client = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        foreach (var (path, status) in (((string, HttpStatusCode)[])[
            ("/api/sockets/0badbad0.AAAAAAAAAAAAAAAA", HttpStatusCode.NotFound), ("/api/sockets/nobody", HttpStatusCode.BadRequest)]))
            Assert.Equal(status, (await host.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => client.InvokeAsync("Join", ""));

        var text = await host.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(1, Value(text, "realtime_sockets_unknown_total"));
        Assert.Equal(1, Value(text, "realtime_refusals_total", "code=\"unknown_socket\""));
        Assert.Equal(1, Value(text, "realtime_refusals_total", "code=\"invalid_socket\""));
        Assert.Equal(1, Value(text, "realtime_refusals_total", "code=\"invalid_room\""));
        Assert.Equal(1, Value(text, "realtime_refusals_total", "way=\"hub\""));
    }

    [Fact]
    public async Task In_production_they_are_for_those_with_a_key()
    {
        const string key = "0123456789abcdef";
        await using var host = await HostProcess.StartAsync(new HostSetup { Environment = "Production" }.With("Realtime:Auth:ApiKeys:0", key));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Contains("dotnet_", await host.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_is_documented_and_every_documented_one_is_there()
    {
        var source = Path.Combine(Repository.Root, "src");
        var made = Directory.EnumerateFiles(source, "*Metrics.cs", SearchOption.AllDirectories).SelectMany(file => Names(File.ReadAllText(file), '"'));
        var told = Names(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")), '`');
        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), told.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(string text, char quote) => Name().Matches(text)
        .Where(found => text[found.Index - 1] == quote && text[found.Index + found.Length] == quote)
        .Select(found => found.Value);

    private static double Value(string metrics, string name, string label = "") => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ' && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"realtime\.[a-z.]+[a-z]")]
    private static partial Regex Name();
}
