namespace Realtime.Browser.Tests;

/// <summary>The JavaScript client in a page whose network, service or token goes away.</summary>
[Collection(nameof(Chromium))]
public sealed class ClientRecoverySpec(Chromium chromium)
{
    private const string ApiKey = "a-key-of-tests-0123456789";

    private readonly string _room = $"page-{Guid.NewGuid():n}";

    /// <summary>A tab that sleeps for a moment has its connection taken away, and finds it broken when it wakes.</summary>
    [SkippableTheory, InlineData(ClientPage.QuietScript), InlineData(ClientPage.QuietModule)]
    public async Task A_page_whose_network_goes_and_comes_back_has_missed_nothing(string load)
    {
        await using var page = await ClientPage.OpenAsync(chromium, load + ClientPage.SocketOnCable);
        await page.JoinAsync("socket", _room);
        for (var n = 0; n < 30; n++)
        {
            if (n % 10 == 5)
                await page.RunAsync("cable.cut();");
            await chromium.Host.BroadcastAsync(_room, "n", n);
            if (n % 10 != 9)
                continue;
            await page.RunAsync("cable.mend();");
            await page.WaitAsync($"recoveries.length === {(n / 10) + 1}");
        }
        await page.WaitAsync("heard.length >= 30");
        Assert.Equal(Enumerable.Range(0, 30), await page.HeardAsync());
        Assert.Equal(Enumerable.Repeat(true, 3), await page.RecoveriesAsync());
    }

    /// <summary>A tab that sleeps longer than the service waits has left its rooms: when it wakes it is in them again, and knows of the loss.</summary>
    [SkippableTheory, InlineData(ClientPage.QuietScript), InlineData(ClientPage.QuietModule)]
    public async Task A_page_that_slept_longer_than_the_resume_window_is_told_of_the_loss_and_goes_on(string load)
    {
        await using var host = await HostProcess.StartAsync(new HostSetup().With("Realtime:ResumeWindow", "00:00:01"));
        await using var cable = new Cable(host.Url);
        await using var page = await ClientPage.OpenAsync(chromium, load, cable.Url);
        await page.WaitAsync("window.io");
        await page.RunAsync("window.socket = io.sails.connect({ reconnectionDelay: 20, reconnectionDelayMax: 200 });");
        await page.JoinAsync("socket", _room);
        cable.Cut();
        await Eventually.TrueAsync(async () => (await host.MembersAsync(_room)).Count == 0);
        await host.BroadcastAsync(_room, "n", 1);
        cable.Mend();
        await page.WaitAsync("recoveries.length === 1");
        await host.BroadcastAsync(_room, "n", 2);
        await page.WaitAsync("heard.length > 0");
        Assert.Equal(2, Assert.Single(await page.HeardAsync()));
        Assert.False(Assert.Single(await page.RecoveriesAsync()));
    }

    /// <summary>Promises 2, 3 and 6, where the service is killed in the middle of a stream and started again.</summary>
    [SkippableTheory]
    [InlineData(ClientPage.Script, true), InlineData(ClientPage.Module, true), InlineData(ClientPage.Script, false)]
    public async Task When_the_service_is_killed_nothing_comes_twice_and_nothing_is_missing_unsaid_in_a_durable_room_nothing_at_all(string load, bool durable)
    {
        await using var host = await HostProcess.StartAsync(KeepsAll(new HostSetup())
            .With("Realtime:Rooms:Patterns:0:Durable", durable ? "true" : "false"));
        await using var page = await ClientPage.OpenAsync(chromium, load, host.Url);
        await page.JoinAsync("io.socket", _room);
        var acknowledged = new List<int>();
        using var stop = new CancellationTokenSource();
        var publishing = PublishAsync(host, acknowledged, stop.Token);
        await page.WaitAsync("heard.length >= 20");
        await host.KillAsync();
        await host.StartAgainAsync();
        await page.WaitAsync("recoveries.length === 1");
        var before = await page.Page.EvaluateAsync<int>("heard.length");
        await page.WaitAsync($"heard.length >= {before + 20}");
        await stop.CancelAsync();
        await publishing;
        await page.WaitAsync($"heard.includes({acknowledged[^1]})");

        var (heard, recovered) = (await page.HeardAsync(), Assert.Single(await page.RecoveriesAsync()));
        Assert.Equal(heard.Distinct().Order(), heard);
        Assert.True(recovered || !durable);
        if (recovered)
            Assert.Empty(acknowledged.Except(heard));
    }

    [SkippableFact]
    public async Task A_page_whose_token_runs_out_comes_back_with_a_fresh_one_and_has_missed_nothing()
    {
        await using var host = await HostProcess.StartAsync(KeepsAll(new HostSetup { Environment = "Production" })
            .With("Realtime:Auth:ApiKeys:0", ApiKey).With("Realtime:Auth:Jwt:SigningKey", SignedToken.Key));
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        await using var page = await ClientPage.OpenAsync(chromium, ClientPage.QuietScript, host.Url);
        await page.RunAsync($$"""
            window.asked = [];
            const tokens = ['{{SignedToken.For("ann", TimeSpan.FromSeconds(5))}}', '{{SignedToken.For("ann", TimeSpan.FromHours(1))}}'];
            window.socket = io.sails.connect({
              reconnectionDelay: 20, accessTokenFactory: ({ reason }) => tokens[Math.min(asked.push(reason), 2) - 1],
            });
            """);
        await page.JoinAsync("socket", _room);
        await page.RunAsync("window.before = socket.id; window.isBack = false; socket.on('reconnect', () => isBack = true);");
        var said = 0;
        while (!await page.Page.EvaluateAsync<bool>("isBack")) // until the connection has ended with its token
            await host.BroadcastAsync(_room, "n", said++);
        await host.BroadcastAsync(_room, "n", said++);
        await page.WaitAsync($"heard.length >= {said}");
        Assert.Equal(Enumerable.Range(0, said), await page.HeardAsync());
        Assert.True(Assert.Single(await page.RecoveriesAsync()));
        Assert.Equal(["connect", "reconnect"], await page.Page.EvaluateAsync<string[]>("asked"));
        Assert.True(await page.Page.EvaluateAsync<bool>("socket.id === before"));
    }

    // However much is said until the page has tried again.
    private static HostSetup KeepsAll(HostSetup setup) => setup.With("Realtime:Rooms:Patterns:0:Pattern", "page-*")
        .With("Realtime:Rooms:Patterns:0:HistoryMessages", "100000").With("Realtime:Rooms:Patterns:0:HistoryBytes", "100000000");

    // A number whose receipt was lost with the service is not said again: it may have been heard.
    private async Task PublishAsync(HostProcess host, List<int> acknowledged, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await host.BroadcastAsync(_room, "n", number);
                acknowledged.Add(number);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, CancellationToken.None); // the service is away: its next number comes when it is back
            }
        }
    }
}
