using System.Text.Json;
using Realtime.Client.Tests.Support;
using Realtime.Client.Topics;

namespace Realtime.Client.Tests;

/// <summary>How an application hears of events.</summary>
public sealed class ListeningSpec
{
    private readonly FakeServer _server = new();

    [Fact]
    public async Task A_stream_has_what_was_said_since_it_was_asked_for_and_ends_with_the_client()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var (ofRoom, ofName) = (client.Room("a").Events<int>(), client.Events<int>("n"));
        _server.Hub!.Say("n", 1, "a", 1);
        _server.Hub.Say("m", 2, "a", 2);
        _server.Hub.Say("n", 3, "b", 1);
        _server.Hub.Say("$presence", new { }, "a", 3);
        _server.Hub.Say("$", "n", 4, null, null, null, null);
        await client.DisposeAsync();
        Assert.Equal([("n", 1), ("m", 2)], (await All(ofRoom)).Select(said => (said.Name, said.Data)));
        Assert.Equal([("a", 1), ("b", 3), (null, 4)], (await All(ofName)).Select(said => (said.Room, said.Data)));
    }

    [Fact]
    public async Task A_reader_that_is_too_far_behind_gets_what_is_kept_and_then_an_error()
    {
        await using var client = _server.Client(streamCapacity: 3);
        await client.ConnectAsync();
        var stream = client.Room("a").Events<int>();
        for (var number = 1; number <= 5; number++)
            _server.Hub!.Say("n", number, "a", number);
        var read = new List<int>();
        var overflow = await Assert.ThrowsAsync<RealtimeClientException>(async () =>
        {
            await foreach (var said in stream)
                read.Add(said.Data);
        });
        Assert.Equal(ClientErrorCodes.Overflow, overflow.Code);
        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task Handlers_are_called_in_order_one_after_the_other_and_what_they_throw_is_told()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var (first, handled, failures) = (new TaskCompletionSource(), new List<int>(), new List<Exception>());
        var last = new TaskCompletionSource();
        client.Failed += failures.Add;
        using var on = client.On<int>("n", async number =>
        {
            if (number == 1)
                await first.Task;
            handled.Add(number);
            if (number == 2)
                throw new InvalidOperationException("two");
            if (number == 3)
                last.SetResult();
        });
        for (var number = 1; number <= 3; number++)
            _server.Hub!.Say("n", number, "a", number);
        Assert.Empty(handled);
        first.SetResult();
        await last.Task.WaitAsync(Eventually.Patience);
        Assert.Equal([1, 2, 3], handled);
        Assert.Equal("two", Assert.Single(failures).Message);
    }

    [Fact]
    public async Task A_handler_of_failures_that_throws_keeps_nobody_else_from_hearing()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var heard = new TaskCompletionSource();
        client.Failed += _ => throw new InvalidOperationException("again");
        using var bad = client.On<int>("n", new Action<int>(_ => throw new InvalidOperationException("first")));
        using var good = client.On<int>("m", _ => heard.SetResult());
        _server.Hub!.Say("n", 1, "a", 1);
        _server.Hub.Say("m", 1, "a", 2);
        await heard.Task.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Who_stops_listening_hears_no_more()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var (heard, marker) = (new List<int>(), new TaskCompletionSource());
        var stop = client.On<int>("n", heard.Add);
        using var on = client.On<int>("end", _ => marker.SetResult());
        stop.Dispose();
        _server.Hub!.Say("n", 1, "a", 1);
        _server.Hub.Say("end", 1, "a", 2);
        await marker.Task.WaitAsync(Eventually.Patience);
        Assert.Empty(heard);
    }

    [Theory] // contract P-10 to P-16
    [InlineData("""{"verb":"created","id":7,"data":{"id":7,"name":"Ann"}}""", "Created 7 Ann")]
    [InlineData("""{"verb":"updated","id":"x","data":{"name":"Bob"},"previous":{"id":1,"name":"Ann"}}""", "Updated x Bob was Ann")]
    [InlineData("""{"verb":"updated","id":7,"data":{"name":"Bob"}}""", "Updated 7 Bob was ?")]
    [InlineData("""{"verb":"destroyed","id":7,"previous":{"id":7,"name":"Ann"}}""", "Destroyed 7 was Ann")]
    [InlineData("""{"verb":"destroyed","id":7,"readersChanged":true,"previous":{"id":7,"name":"Ann"}}""", "Destroyed 7 was Ann for others")]
    [InlineData("""{"verb":"created","id":7,"readersChanged":true,"data":{"id":7,"name":"Ann"}}""", "Created 7 Ann for others")]
    [InlineData("""{"verb":"addedTo","id":7,"attribute":"pets","addedId":3,"addedIds":[3]}""", "AddedTo 7 pets 3")]
    [InlineData("""{"verb":"addedTo","id":7,"attribute":"pets","addedIds":[3,4]}""", "AddedTo 7 pets 3,4")]
    [InlineData("""{"verb":"addedTo","id":7,"attribute":"pets","addedId":3}""", "AddedTo 7 pets 3")]
    [InlineData("""{"verb":"removedFrom","id":7,"attribute":"pets","removedIds":[3,4]}""", "RemovedFrom 7 pets 3,4")]
    [InlineData("""{"verb":"removedFrom","id":7,"attribute":"pets","removedId":"y","removedIds":["y"]}""", "RemovedFrom 7 pets y")]
    [InlineData("""{"verb":"messaged","id":7,"data":{"a":1}}""", """Messaged 7 {"a":1}""")]
    [InlineData("\"anything\"", "Messaged ? \"anything\"")]
    public void What_happens_to_a_record_is_read_by_its_verb(string json, string expected) =>
        Assert.Equal(expected, Words(TopicReader.Read<User>(JsonElement.Parse(json), JsonSerializerOptions.Web)));

    private static string Words(TopicEvent<User> happened) => happened switch
    {
        Created<User> it => $"Created {it.Id} {it.Data.Name}{(it.ReadersChanged ? " for others" : "")}",
        Updated<User> it => $"Updated {it.Id} {it.Changes.GetProperty("name")} was {it.Previous?.Name ?? "?"}",
        Destroyed<User> it => $"Destroyed {it.Id} was {it.Previous?.Name}{(it.ReadersChanged ? " for others" : "")}",
        AddedTo<User> it => $"AddedTo {it.Id} {it.Attribute} {string.Join(',', it.AddedIds)}",
        RemovedFrom<User> it => $"RemovedFrom {it.Id} {it.Attribute} {string.Join(',', it.RemovedIds)}",
        Messaged<User> it => $"Messaged {it.Id?.ToString() ?? "?"} {it.Data.GetRawText()}",
        _ => throw new NotSupportedException(happened.ToString()),
    };

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (var item in stream)
            all.Add(item);
        return all;
    }

    private sealed record User(int Id, string Name);
}
