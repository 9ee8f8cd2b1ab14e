using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.Tests.HttpSessions;

public sealed class EndpointInTurnsSpec
{
    /// <summary>Middleware and metrics look at them.</summary>
    [Fact]
    public void What_runs_in_an_endpoints_place_looks_like_it()
    {
        var endpoint = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/a/{b}"), 7, new(new object()), "a name");
        var endpoints = new EndpointsInTurns();
        var inTurns = Assert.IsType<RouteEndpoint>(endpoints.Of(endpoint));
        Assert.Equal(
            (endpoint.RoutePattern, endpoint.Order, endpoint.Metadata, endpoint.DisplayName),
            (inTurns.RoutePattern, inTurns.Order, inTurns.Metadata, inTurns.DisplayName));
        Assert.Same(inTurns, endpoints.Of(endpoint));
        Assert.Same(inTurns, endpoints.Of(inTurns));
    }

    [Fact]
    public async Task Turns_that_are_over_leave_nothing()
    {
        var turns = new SessionTurns();
        var endpoint = EndpointInTurns.InPlaceOf(new Endpoint(_ => Task.CompletedTask, null, "one"))!;
        var end = await turns.TakeAsync("s", endpoint, CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var waiting = turns.TakeAsync("s", endpoint, impatient.Token).AsTask();
        var next = turns.TakeAsync("s", endpoint, CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(next.IsCompleted);
        end();
        end();
        Assert.True(turns.IsWantedBy(endpoint, "s"));
        (await next)();
        Assert.False(turns.IsWantedBy(endpoint, "s"));
        Assert.Equal(0, turns.Count);
    }
}
