using Realtime.Testing;
using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>What becomes of a turn with a session whose holder does not end (contract V-8, V-18).</summary>
public sealed class OverdueTurnSpec(HurriedApplication application) : IClassFixture<HurriedApplication>
{
    [Fact]
    public async Task A_request_has_its_turn_no_longer_than_its_time_V8_V18()
    {
        await using var client = await application.ConnectAsync();
        var deaf = client.RequestAsync("post", "/session/held-count/deaf");
        await application.Gates["deaf"].HasAsync(1);
        Assert.Equal(504, (await deaf).Status());
        // More than once, since the time of this application is short.
        await Eventually.HoldsAsync(async () => Assert.Equal(200, (await client.RequestAsync("post", "/session/count")).Status()));
    }
}
