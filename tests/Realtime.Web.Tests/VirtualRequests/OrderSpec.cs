using System.Text.Json.Nodes;
using Realtime.Testing;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>What comes before what: requests beside each other, events before answers, calls one after the other.</summary>
public sealed class OrderSpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task Requests_of_one_socket_run_side_by_side_up_to_a_bound_and_answer_when_done_V7()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        var slow = new List<string>();
        for (var i = 0; i < Application.PerSocket - 1; i++)
            slow.Add(await client.RequestAsync("get", "/wait"));
        var quick = await client.RequestAsync("get", "/quick");
        Assert.Equal("quick", Body(Assert.Single(await client.UntilAnswerAsync(quick))));

        slow.Add(await client.RequestAsync("get", "/wait"));
        var over = await client.RequestAsync("get", "/quick");
        var refused = Assert.Single(await client.UntilAnswerAsync(over))["result"]!;
        Assert.Equal(429, refused["statusCode"]!.GetValue<int>());
        Assert.Equal("overloaded", refused["body"]!["code"].Text());

        var rooms = await client.CallAsync("Rooms");
        Assert.Single(await client.UntilAnswerAsync(rooms));

        application.Signals.Release();
        var answered = new HashSet<string?>();
        foreach (var _ in slow)
            answered.Add((await client.NextAsync())["invocationId"].Text());
        Assert.Equal([.. slow], answered);
    }

    [Fact]
    public async Task What_a_handler_says_to_a_room_arrives_before_its_answer_R36()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        await client.UntilAnswerAsync(await client.CallAsync("Join", "news"));
        for (var round = 0; round < 100; round++)
        {
            var messages = await client.UntilAnswerAsync(await client.RequestAsync("post", "/say/news/3"));
            Assert.Equal(["news", "news", "news", null], messages.Select(message => message["target"].Text()));
        }
    }

    [Fact]
    public async Task What_a_handler_says_to_its_own_socket_arrives_before_its_answer_R36()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        for (var round = 0; round < 100; round++)
        {
            var messages = await client.UntilAnswerAsync(await client.RequestAsync("post", "/whisper"));
            Assert.Equal(["news", null], messages.Select(message => message["target"].Text()));
        }
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_rooms_that_the_requester_is_not_in()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        var messages = await client.UntilAnswerAsync(await client.RequestAsync("post", "/say/elsewhere/1"));
        Assert.Equal("said", Body(Assert.Single(messages)));
    }

    [Fact]
    public async Task Requests_that_do_not_wait_take_effect_in_the_order_they_were_sent()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        await client.UntilAnswerAsync(await client.CallAsync("Join", "numbers"));
        const int times = 200;
        var heard = new List<int>();
        var answers = 0;
        for (var sent = 0; sent < times;)
        {
            // As many as may run, then their answers.
            for (var i = 0; i < Application.PerSocket; i++)
                await client.RequestAsync("post", $"/number/numbers/{sent++}");
            while (answers < sent)
            {
                var message = await client.NextAsync();
                if (message["target"] is not null)
                    heard.Add(message["arguments"]![0]!.GetValue<int>());
                else
                    answers += message["result"]!["statusCode"]!.GetValue<int>() == 200 ? 1 : throw new InvalidOperationException(message.ToJsonString());
            }
        }
        Assert.Equal(Enumerable.Range(0, times), heard);
    }

    [Fact]
    public async Task Other_calls_of_a_client_stay_in_the_order_they_were_sent()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        var calls = new List<string?>();
        for (var round = 0; round < 20; round++)
        {
            calls.Add(await client.CallAsync("Join", "turns"));
            calls.Add(await client.CallAsync("Broadcast", "turns", "turn", round));
            calls.Add(await client.CallAsync("Leave", "turns"));
        }
        var (answers, heard) = (new List<string?>(), new List<int>());
        while (answers.Count < calls.Count)
        {
            var message = await client.NextAsync();
            if (message["target"] is not null)
                heard.Add(message["arguments"]![0]!.GetValue<int>());
            else
                answers.Add(message["invocationId"].Text());
        }
        Assert.Equal(calls, answers);
        Assert.Equal(Enumerable.Range(0, 20), heard);
    }

    private static string? Body(JsonNode answer) => answer["result"]!["body"].Text();
}
