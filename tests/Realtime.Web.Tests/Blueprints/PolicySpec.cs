using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

public sealed class PolicyOnSqliteSpec() : PolicySpec(new SqliteLibrary());

public sealed class PolicyOnPostgresSpec() : PolicySpec(new PostgresLibrary());

/// <summary>Who may do what with a model, and which of its records exist for whom.</summary>
public abstract class PolicySpec(LibraryStore store) : LibrarySpec(store)
{
    private readonly HashSet<ModelAction> _forbidden = [];
    private bool _showsAll;

    protected override Task<LibraryApp> StartAsync() => LibraryApp.StartAsync(
        Store, options => options.DecidesReaders = member => member.Name is nameof(User.Age) or nameof(User.Password), blueprints: options => options.For<User>(new Policy(this)).For<Track>(new AllowAll())
            .For<Cover>(new NoChanges()).For<Album>(new AllowAll()), environment: "Production");

    [SkippableTheory]
    [InlineData(ModelAction.Read, "GET", "/user", null)]
    [InlineData(ModelAction.Read, "GET", "/user/1", null)]
    [InlineData(ModelAction.Create, "POST", "/user", """{"name":"Cid"}""")]
    [InlineData(ModelAction.Update, "PATCH", "/user/1", """{"name":"Cid"}""")]
    [InlineData(ModelAction.Destroy, "DELETE", "/user/1", null)]
    public async Task What_a_policy_forbids_is_403_and_changes_nothing(ModelAction action, string method, string url, string? body)
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30 });
        _forbidden.Add(action);
        Assert.Equal(403, (await App.SendAsync(method, url, body)).Status);
        _forbidden.Clear();
        Same("""[{"id":1,"name":"Ann","email":null,"age":30}]""", (await App.SendAsync("GET", "/user")).Body);
    }

    [SkippableFact]
    public async Task Records_that_do_not_exist_for_somebody_are_not_found_not_changed_and_not_subscribed_to()
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30 });
        await App.GivenAsync(new User { Name = "Bob", Age = 10 }); // a minor: hidden
        Same("""[{"id":1,"name":"Ann","email":null,"age":30}]""", (await App.SendAsync("GET", "/user", overSocket: true)).Body);
        foreach (var (method, body) in ((string, string?)[])[("GET", null), ("PATCH", """{"name":"X"}"""), ("DELETE", null)])
            Assert.Equal(404, (await App.SendAsync(method, "/user/2", body, overSocket: true)).Status);
        Assert.Equal(["subscribe user 1"], Topics.Calls);
        Assert.Equal("Bob", await App.WithAsync(async library => (await library.Users.FindAsync(2))!.Name));
    }

    /// <summary>Contract B-31: but who watches would hear of records that do not exist for him.</summary>
    [SkippableFact]
    public async Task Who_is_shown_only_some_records_does_not_watch_the_model()
    {
        await App.SendAsync("GET", "/user", overSocket: true);
        Assert.Empty(Topics.Calls);
        _showsAll = true;
        await App.SendAsync("GET", "/user", overSocket: true);
        Assert.Equal(["watch user"], Topics.Calls);
    }

    [SkippableFact]
    public async Task Without_leave_to_subscribe_a_request_is_answered_all_the_same()
    {
        _showsAll = true;
        _forbidden.UnionWith([ModelAction.Subscribe, ModelAction.Watch]);
        await App.GivenAsync(new User { Name = "Ann" });
        Assert.Equal(200, (await App.SendAsync("GET", "/user", overSocket: true)).Status);
        Assert.Equal(200, (await App.SendAsync("GET", "/user/1", overSocket: true)).Status);
        Assert.Empty(Topics.Calls);
    }

    [SkippableFact]
    public async Task Who_may_change_but_not_read_is_answered_with_keys_and_hears_nothing()
    {
        _forbidden.Add(ModelAction.Read);
        Same("""{"id":1}""", (await App.SendAsync("POST", "/user", """{"name":"Ann","age":30}""", overSocket: true)).Body);
        Same("""{"id":1}""", (await App.SendAsync("PATCH", "/user/1", """{"name":"Anna"}""", overSocket: true)).Body);
        Same("""{"id":1}""", (await App.SendAsync("DELETE", "/user/1", overSocket: true)).Body);
        Assert.Empty(Topics.Calls);
    }

    [SkippableFact]
    public async Task Who_creates_what_does_not_exist_for_him_gets_the_key_alone_and_is_not_subscribed()
    {
        Same("""[{"id":1},{"id":2,"name":"Bob","email":null,"age":30}]""",
            (await App.SendAsync("POST", "/user", """[{"name":"Ann","age":10},{"name":"Bob","age":30}]""", overSocket: true)).Body);
        Same("""{"id":2}""", (await App.SendAsync("PATCH", "/user/2", """{"age":10}""")).Body);
        Assert.Equal(["subscribe user 2"], Topics.Calls);
    }

    /// <summary>Contract P-31: who watches is subscribed to each new record.</summary>
    [SkippableFact]
    public async Task Who_may_watch_but_not_subscribe_does_not_watch()
    {
        _showsAll = true;
        _forbidden.Add(ModelAction.Subscribe);
        await App.SendAsync("GET", "/user", overSocket: true);
        Assert.Empty(Topics.Calls);
    }

    /// <summary>Nobody who is subscribed hears of a record that is not there for him any more: for him, that is its end.</summary>
    [SkippableFact]
    public async Task A_change_of_what_decides_who_may_read_ends_all_subscriptions_and_goes_to_the_watchers()
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30, Password = "old" });
        Assert.Equal(["""user {"verb":"updated","id":1,"data":{"id":1,"name":"Anna"},"previous":{"id":1,"age":30,"email":null,"name":"Ann"}}"""],
            await EventsOfAsync(() => App.SaveAsync(async library => (await library.Users.FindAsync(1))!.Name = "Anna")));
        Assert.Equal(
            [
                """user {"verb":"destroyed","id":1,"readersChanged":true,"previous":{"id":1,"age":30,"email":null,"name":"Anna"}}""",
                """user {"verb":"created","id":1,"readersChanged":true,"data":{"id":1,"age":10,"email":null,"name":"Anna"}}""",
            ],
            await EventsOfAsync(() => App.SaveAsync(async library => (await library.Users.FindAsync(1))!.Age = 10)));
        // What is hidden is no news, but decides all the same.
        Assert.Equal(2, (await EventsOfAsync(() => App.SaveAsync(async library => (await library.Users.FindAsync(1))!.Password = "new"))).Length);
    }

    [SkippableFact]
    public async Task A_record_that_is_lost_between_reading_and_subscribing_is_let_go()
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30 });
        await App.GivenAsync(new User { Name = "Bob", Age = 30 });
        Topics.BeforeSubscribe = () => App.SaveAsync(async library => (await library.Users.FindAsync(1))!.Age = 10);
        var (_, body) = await App.SendAsync("GET", "/user", overSocket: true);
        Same("""[{"id":2,"name":"Bob","email":null,"age":30}]""", body);
        Assert.Equal(["subscribe user 1,2", "unsubscribe user 1"], Topics.Calls);
    }

    [SkippableFact]
    public async Task Each_model_has_its_own_policy_and_what_has_none_is_closed_in_production()
    {
        Assert.Equal(200, (await App.SendAsync("GET", "/track")).Status);
        Assert.Equal(403, (await App.SendAsync("GET", "/label")).Status);
    }

    /// <summary>The foreign key of an album's cover is in the cover.</summary>
    [SkippableFact]
    public async Task A_record_is_not_changed_from_the_other_end_of_a_one_to_one_association_either()
    {
        await App.GivenAsync(new Cover { Motif = "a bus", Album = new Album { Title = "Low" } });
        Assert.Equal(403, (await App.SendAsync("POST", "/album", """{"cover":1}""")).Status);
        Assert.Equal(403, (await App.SendAsync("PATCH", "/album/1", """{"cover":null}""")).Status);
        Assert.Equal(200, (await App.SendAsync("PATCH", "/album/1", """{"cover":1,"title":"Lower"}""")).Status);
    }

    /// <summary>Contract B-25.</summary>
    [SkippableFact]
    public async Task Hidden_attributes_are_neither_shown_nor_asked_for_nor_set()
    {
        _showsAll = true;
        await App.GivenAsync(new User { Name = "Ann", Password = "secret", IsAdmin = true });
        Same("""[{"id":1,"name":"Ann","email":null,"age":null}]""", (await App.SendAsync("GET", "/user")).Body);
        foreach (var criteria in (string[])["where={\"password\":\"secret\"}", "sort=password", "select=password", "password=secret"])
            Assert.Equal(400, (await App.SendAsync("GET", $"/user?{criteria}")).Status);
    }

    private sealed class NoChanges : IModelPolicy
    {
        public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => new(action == ModelAction.Read);
    }

    private sealed class Policy(PolicySpec spec) : IModelPolicy
    {
        private static readonly Expression<Func<User, bool>> Adults = user => user.Age >= 18;

        public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => new(!spec._forbidden.Contains(action));

        public LambdaExpression? Readable(ModelDescription model, HttpContext request) => spec._showsAll ? null : Adults;
    }
}
