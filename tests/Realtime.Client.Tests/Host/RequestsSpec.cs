using System.Text.Json.Nodes;
using Realtime.Client.Requests;
using Realtime.Client.Tests.Support;
using Realtime.Client.Topics;

namespace Realtime.Client.Tests.Host;

/// <summary>Requests over the socket, and the events of models, at the real Host.</summary>
[Collection(nameof(RunningHost))]
public sealed class RequestsSpec(RunningHost fixture)
{
    private readonly HostProcess _host = fixture.Process;

    [Fact]
    public async Task Every_verb_is_answered_as_over_http()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var created = await client.PostAsync<User>("/user", new { name = "johnny five" });
        Assert.Equal("johnny five", created.Value!.Name);
        var path = $"/user/{created.Value.Id}";
        Assert.Equal("Ann", (await client.PatchAsync<User>(path, new { name = "Ann" })).Value!.Name);
        Assert.Equal("Bob", (await client.PutAsync<User>(path, new { name = "Bob" })).Value!.Name);
        var found = await client.GetAsync<User>(path);
        Assert.Equal((200, "Bob", true), (found.StatusCode, found.Value!.Name, found.Headers["content-type"].StartsWith("application/json", StringComparison.Ordinal)));
        Assert.True((await client.DeleteAsync<User>(path)).IsSuccess);
        var gone = await client.GetAsync<User>(path);
        Assert.Equal((404, false, null), (gone.StatusCode, gone.IsSuccess, gone.Value));
        Assert.Throws<RealtimeClientException>(gone.EnsureSuccess);
    }

    [Fact]
    public async Task An_error_has_the_code_of_its_problem_document()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var answer = await client.RequestAsync(new(HttpMethod.Post, "/rooms/x/join") { Body = new { nonsense = 1 } });
        Assert.Equal(400, answer.StatusCode);
        Assert.Equal("invalid_request", Assert.Throws<RealtimeClientException>(answer.EnsureSuccess).Code);
    }

    [Fact] // contract C-21, X-21
    public async Task A_thousand_requests_without_a_connection_are_all_answered_when_there_is_one()
    {
        await using var cable = new Cable(_host.Hub);
        cable.Cut();
        await using var client = Clients.Of(cable.Url);
        var connecting = client.ConnectAsync();
        var requests = Enumerable.Range(0, 1000).Select(number => client.GetAsync<User[]>($"/user?limit=1&skip={number}")).ToArray();
        Assert.DoesNotContain(requests, request => request.IsCompleted);
        cable.Mend();
        await connecting;
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(200, answer.StatusCode));
    }

    [Fact] // contract P-10 to P-16, P-40
    public async Task What_happens_to_records_reaches_who_watches_by_verb()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var (users, heard, deleted) = (client.Topic<User>("user"), new Heard<TopicEvent<User>>(), new Heard<RecordId?>());
        using var on = users.On(heard.Add);
        using var destroyed = users.On<Destroyed<User>>(it => deleted.Add(it.Id));
        await users.WatchAsync();
        var id = (int)(await _host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "Ann" }))["id"]!;
        var pet = (int)(await _host.SendAsync(HttpMethod.Post, "/pet", new JsonObject { ["name"] = "Rex" }))["id"]!;
        await _host.SendAsync(HttpMethod.Patch, $"/user/{id}", new JsonObject { ["name"] = "Bob" });
        await _host.SendAsync(HttpMethod.Put, $"/user/{id}/pets/{pet}");
        await _host.SendAsync(HttpMethod.Delete, $"/user/{id}/pets/{pet}");
        await _host.SendAsync(HttpMethod.Post, "/api/topics/user/publish",
            new JsonObject { ["ids"] = new JsonArray(id), ["data"] = new JsonObject { ["verb"] = "messaged", ["id"] = id, ["data"] = "hi" } });
        await _host.SendAsync(HttpMethod.Delete, $"/user/{id}");
        Assert.Equal([id], (await deleted.WhenAsync(1)).Select(it => it!.Value));
        var mine = heard.Items.Where(it => it.Id == (RecordId)id).ToArray();
        Assert.Equal("Ann", mine.OfType<Created<User>>().Single().Data.Name);
        Assert.Equal("Bob", mine.OfType<Updated<User>>().Single().Changes.GetProperty("name").GetString());
        Assert.Equal(("pets", (RecordId)pet), (mine.OfType<AddedTo<User>>().Single().Attribute, mine.OfType<AddedTo<User>>().Single().AddedId));
        Assert.Equal(pet, mine.OfType<RemovedFrom<User>>().Single().RemovedId);
        Assert.Equal("hi", mine.OfType<Messaged<User>>().Single().Data.GetString());
    }

    [Fact] // contract P-3, P-4
    public async Task Who_subscribes_to_a_record_hears_of_it_until_unsubscribing()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var (users, heard) = (client.Topic<User>("user"), new Heard<string?>());
        using var on = users.On<Messaged<User>>(it => heard.Add(it.Data.GetString()));
        await users.SubscribeAsync(1001, "1002");
        await PublishAsync(1001, "one");
        await PublishAsync(1002, "two");
        await users.UnsubscribeAsync(1001);
        await PublishAsync(1001, "three");
        await PublishAsync(1002, "four");
        Assert.Equal(["one", "two", "four"], await heard.WhenAsync(items => items.Contains("four"), "the last"));
    }

    private Task<JsonObject> PublishAsync(int id, string data) => _host.SendAsync(HttpMethod.Post, "/api/topics/user/publish",
        new JsonObject { ["ids"] = new JsonArray(id), ["data"] = new JsonObject { ["verb"] = "messaged", ["id"] = id, ["data"] = data } });

    private sealed record User(int Id, string Name);
}
