using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing;

namespace Realtime.Web.Tests.Transport;

/// <summary>A WebSocket goes on when the request that opened it has ended, and nobody misses the request.</summary>
public sealed class HandoverSpec
{
    [Theory]
    [InlineData("/fast", true)]
    [InlineData("/piped", true)]
    [InlineData("/streamed", false)]
    public async Task The_request_ends_with_its_answer_and_what_served_it_is_given_back(string path, bool outlives)
    {
        var watch = new Watch();
        await using var server = await HubServer.StartAsync(more: watch.AddTo);
        await using var client = server.Client(path: path, negotiates: false);
        await client.StartAsync();
        if (outlives)
        {
            await watch.Ended.Task.WaitAsync(Limits.Patience);
            await Eventually.TrueAsync(() =>
            {
                GC.Collect();
                return Task.FromResult(watch.IsForgotten);
            });
        }

        Assert.Equal("still here", await client.InvokeAsync<string>("Echo", "still here"));
        Assert.Equal(outlives, watch.Ended.Task.IsCompleted);
        Assert.Equal(outlives, watch.IsForgotten);
        await client.StopAsync();
        await watch.Ended.Task.WaitAsync(Limits.Patience);
    }

    [Fact]
    public async Task Hubs_see_of_the_request_what_they_see_over_the_stock_transport()
    {
        await using var server = await HubServer.StartAsync(more: new Watch().AddTo);
        var (fast, stock) = (await DescribeAsync("/fast"), await DescribeAsync("/stock"));
        Assert.Contains("query ann cookie 7 route blue", fast, StringComparison.Ordinal);
        Assert.Contains("item a note feature a feature", fast, StringComparison.Ordinal);
        Assert.Equal(stock.Replace("/stock", "/fast", StringComparison.Ordinal), fast);

        async Task<string> DescribeAsync(string path)
        {
            await using var client = server.Client(path: $"{path}/of/blue?user=ann", negotiates: false, configure: options =>
            {
                options.Headers["X-Said"] = "once";
                options.Headers["Cookie"] = "c=7";
            });
            await client.StartAsync();
            return await client.InvokeAsync<string>("Opening");
        }
    }

    [Fact]
    public async Task Services_of_the_request_live_as_long_as_the_connection()
    {
        await using var server = await HubServer.StartAsync();
        await using var client = server.Client();
        await client.StartAsync();
        Assert.Equal("alive", await client.InvokeAsync<string>("ScopedServiceOfRequest"));
        Assert.Equal("alive", await client.InvokeAsync<string>("ScopedServiceOfRequest"));
        await client.StopAsync();
        await Eventually.TrueAsync(() => Task.FromResult(server.Observed.Seen is { IsDisposed: true }));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task A_hub_breaks_the_connection_by_aborting_the_request(string path)
    {
        await using var server = await HubServer.StartAsync();
        await using var client = server.Client(path: path);
        var closed = new TaskCompletionSource();
        client.Closed += _ => Task.FromResult(closed.TrySetResult());
        await client.StartAsync();
        var id = client.ConnectionId!;
        await client.SendAsync("AbortByRequest");
        await closed.Task.WaitAsync(Limits.Patience);
        await server.Observed.EndAsync(id);
    }

    [Fact]
    public async Task Where_the_server_limits_upgraded_requests_they_last()
    {
        await using var server = await HubServer.StartAsync(more: builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 1));
        using var first = await RawClient.OpenHubAsync(server.Port, "/fast");
        using var second = await RawClient.ConnectAsync(server.Port, "/fast");
        Assert.DoesNotContain(" 101 ", await second.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("here", (await first.CallAsync("Echo", "here")).GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_TLS_it_works_behind_the_encryption(bool handsOver)
    {
        var watch = new Watch();
        await using var server = await HubServer.StartAsync(more: watch.AddTo, tlsHandsOver: handsOver);
        await using var client = server.Client(scheme: "https", negotiates: false);
        await client.StartAsync();
        if (handsOver)
        {
            await watch.Ended.Task.WaitAsync(Limits.Patience);
        }

        var text = new string('x', 20_000);
        Assert.Equal(text, await client.InvokeAsync<string>("Echo", text));
        Assert.Equal(handsOver, watch.Ended.Task.IsCompleted);
        await client.StopAsync();
    }

    [Fact]
    public async Task What_an_endpoint_of_the_application_asks_for_is_not_lost()
    {
        var isAsked = false;
        await using var server = await HubServer.StartAsync(more: builder => builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(_ => isAsked = true)));
        await using var client = server.Client();
        await client.StartAsync();
        Assert.True(isAsked);
        Assert.Equal("served", await client.InvokeAsync<string>("Echo", "served"));
    }

    /// <summary>A middleware in front of all: it notes things on the request, and when that ends, and what becomes of its objects.</summary>
    private sealed class Watch : IStartupFilter
    {
        private WeakReference? _context;
        private WeakReference? _serversOwn;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsForgotten => _context is { IsAlive: false } && _serversOwn is { IsAlive: false };

        public void AddTo(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter>(this);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                Note(context);
                await rest(context);
                Ended.TrySetResult();
            });
            next(app);
        };

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Note(HttpContext context)
        {
            _context = new WeakReference(context);
            _serversOwn = new WeakReference(context.Features.Get<IHttpRequestFeature>());
            context.Items["note"] = "a note";
            context.Features.Set("a feature");
        }
    }
}
