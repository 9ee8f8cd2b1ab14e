using Realtime.Testing;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Sockets;

/// <summary>The HTTP request that opens a socket.</summary>
[Collection(nameof(RunningApp))]
public sealed class OpeningSpec(RunningApp app)
{
    [Fact]
    public async Task It_ends_while_its_socket_goes_on()
    {
        var before = app.EndedOpenings;
        await using var client = await app.ConnectAsync();
        await Eventually.TrueAsync(() => Task.FromResult(app.EndedOpenings > before), what: "the request to end");
        await client.InvokeAsync("Join", "opening:a");
        Assert.Equal(["opening:a"], (await client.InvokeAsync("Rooms"))!.AsArray().Select(room => (string)room!));
    }
}
