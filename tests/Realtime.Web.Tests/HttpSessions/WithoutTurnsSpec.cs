using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>The application, where requests take no turns with sessions.</summary>
public sealed class ApplicationWithoutTurns : Application
{
    protected override bool SessionTurns => false;
}

/// <summary>Contract V-18, without turns.</summary>
public sealed class WithoutTurnsSpec(ApplicationWithoutTurns application) : IClassFixture<ApplicationWithoutTurns>
{
    [Fact]
    public async Task Requests_that_change_the_session_run_side_by_side_where_the_application_wants_that_V7_V18()
    {
        await using var client = await application.ConnectAsync();
        var counts = Enumerable.Range(0, 3).Select(_ => client.RequestAsync("post", "/session/held-count/together")).ToArray();
        await application.Gates["together"].HasAsync(3);
        application.Gates["together"].Open();
        Assert.All(await Task.WhenAll(counts), answer => Assert.Equal(1, answer["body"]!.GetValue<int>()));
    }
}
