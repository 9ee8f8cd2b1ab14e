using Microsoft.AspNetCore.SignalR;
using Realtime.Client.Delivery;
using Realtime.Client.Topics;

namespace Realtime.Client.Connection;

/// <summary>Takes the session up again if there is one, and asks again for all that the server has lost of it.</summary>
internal static class Opener
{
    /// <summary>Opens.</summary>
    /// <param name="hub">The new connection.</param>
    /// <param name="hello">What the server said on it.</param>
    /// <param name="wishes">What the client has asked for.</param>
    /// <param name="seen">Up to where it has seen each feed.</param>
    /// <param name="isAwaited">Whether the server has not yet given up waiting for the session.</param>
    public static async Task<Opening> OpenAsync(IHub hub, Hello hello, Wishes wishes, IReadOnlyList<Place> seen, Func<bool> isAwaited)
    {
        var resumed = await ResumeAsync(hub, wishes, seen, isAwaited);
        var opening = new Opening(
            resumed is null ? hello : hello with { SocketId = resumed.SocketId, ResumeToken = resumed.ResumeToken }, resumed is not null)
        {
            IsOnSameNode = resumed is not null && wishes.Hello?.Node == hello.Node,
        };
        var kept = Keep(wishes, resumed?.Rooms ?? [], opening);
        await RejoinAsync(hub, wishes, kept, opening);
        if (resumed is null)
            await AskAgainAsync(hub, wishes, opening);
        foreach (var (feed, _, _) in seen)
            if (!kept.Contains(feed) && !wishes.Rooms.ContainsKey(feed))
            {
                var source = Source.Of(feed);
                opening.Recoveries.Add(new(source.Room, source.Topic, Recovered: false, source.Topic is { } model && wishes.HasTopic(model)));
                opening.Lost.Add(feed);
            }
        return opening;
    }

    private static async Task<Resumed?> ResumeAsync(IHub hub, Wishes wishes, IReadOnlyList<Place> seen, Func<bool> isAwaited)
    {
        if (wishes.Hello is not { } before)
            return null;
        try
        {
            return Wire.Read<Resumed>(await hub.InvokeAsync("Resume", before.ResumeToken, seen));
        }
        catch (HubException refusal)
        {
            // Not able to answer now is no refusal: as long as the server waits for us, the next attempt may do better.
            if (RealtimeClientException.From(refusal) is { Code: "unavailable" or "overloaded" } later && isAwaited())
                throw later;
            return null;
        }
    }

    private static HashSet<string> Keep(Wishes wishes, IReadOnlyList<ResumedFeed> feeds, Opening opening)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (feed, epoch, seq, recovered) in feeds)
        {
            opening.Resumed[feed] = new(epoch, seq);
            opening.Places.Add(new(feed, epoch, seq));
            // To join a room that one is in changes nothing, and repairs a membership that ended while we were away.
            if (!recovered && wishes.Rooms.ContainsKey(feed))
                continue;
            kept.Add(feed);
            var source = Source.Of(feed);
            opening.Recoveries.Add(new(source.Room, source.Topic, recovered, IsMember: true));
        }
        return kept;
    }

    private static async Task RejoinAsync(IHub hub, Wishes wishes, HashSet<string> kept, Opening opening)
    {
        var joins = wishes.Rooms.Where(wish => !kept.Contains(wish.Key)).Select(async wish =>
        {
            try
            {
                return (Room: wish.Key, Place: Wire.Read<Place>(await hub.InvokeAsync("Join", JoinArguments(wish.Key, wish.Value))), Refusal: null);
            }
            catch (HubException e)
            {
                return (Room: wish.Key, Place: (Place?)null, Refusal: (Exception?)RealtimeClientException.From(e));
            }
        });
        foreach (var (room, place, refusal) in await Task.WhenAll(joins))
        {
            opening.Recoveries.Add(new(room, null, Recovered: false, IsMember: refusal is null, refusal));
            if (place is not null)
                opening.Places.Add(place);
            if (refusal is null)
                continue;
            opening.Lost.Add(room);
            opening.Errors.Add(refusal);
        }
    }

    /// <summary>What a join is called with: nothing is told unless there is something to tell.</summary>
    public static object?[] JoinArguments(string room, object? presence) => presence is null ? [room] : [room, presence];

    private static async Task AskAgainAsync(IHub hub, Wishes wishes, Opening opening)
    {
        var asks = wishes.Watched.Select(model => hub.InvokeAsync("Watch", model))
            .Concat(wishes.Subscribed.Select(pair => hub.InvokeAsync("Subscribe", pair.Key, RecordId.ToWire(pair.Value))))
            .ToArray();
        foreach (var ask in asks)
            try
            {
                await ask;
            }
            catch (HubException refusal)
            {
                opening.Errors.Add(RealtimeClientException.From(refusal));
            }
    }
}
