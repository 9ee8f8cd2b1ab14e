using Realtime.Testing;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>Rooms that are configured to keep their members in memory only, as clients see them.</summary>
[Collection(nameof(RunningApp))]
public sealed class TransientMembershipSpec(RunningApp app)
{
    [Fact]
    public async Task Members_are_not_written_down_and_are_members_all_the_same_when_the_room_has_gone_to_rest()
    {
        var (written, transient) = ($"written-{Guid.NewGuid():n}", $"transient:{Guid.NewGuid():n}");
        await using var ann = await app.ConnectAsync("news", "$presence");
        await ann.InvokeAsync("Join", written);
        await ann.InvokeAsync("Join", transient, new { name = "Ann" });
        Assert.Equal("$presence", (await ann.Inbox.NextAsync()).Event);
        Assert.Equal((1, 0), (app.RowsOf(written), app.RowsOf(transient)));

        await Eventually.HoldsAsync(() => // it goes to rest, by the time of its own pattern, and writes where it stands
        {
            Assert.Equal(1, app.RowsOf(transient));
            return Task.CompletedTask;
        });
        var receipt = (await ann.InvokeAsync("Broadcast", transient, "news", "hi"))!;
        Assert.Equal((2, 1), ((int)receipt["seq"]!, (int)receipt["members"]!)); // the first one was that she came
        Assert.Equal("news", (await ann.Inbox.NextAsync()).Event);
        var member = Assert.Single((await ann.InvokeAsync("Presence", transient))!["members"]!.AsArray());
        Assert.Equal("Ann", (string)member!["data"]!["name"]!);
        await ann.InvokeAsync("Leave", transient);
        Assert.Equal(0, (int)(await ann.InvokeAsync("Broadcast", transient, "news", "hi"))!["members"]!);
    }
}
