using Microsoft.EntityFrameworkCore;
using Realtime.Testing;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Topics;

namespace Realtime.Web.Tests.Models;

public sealed class OutboxDispatcherOnSqliteSpec() : OutboxDispatcherSpec(new SqliteLibrary());

public sealed class OutboxDispatcherOnPostgresSpec() : OutboxDispatcherSpec(new PostgresLibrary());

/// <summary>Promise 5: a committed change is announced at least once, in commit order per record.</summary>
public abstract class OutboxDispatcherSpec(LibraryStore store) : LibrarySpec(store)
{
    [SkippableFact]
    public async Task What_is_published_leaves_the_outbox()
    {
        await App.GivenAsync(new User { Name = "Ann" });
        await Eventually.TrueAsync(() => App.WithAsync(async library => !await library.Set<OutboxRow>().AnyAsync()));
    }

    [SkippableFact]
    public async Task A_failure_holds_back_its_record_and_no_other()
    {
        var isBroken = true;
        Topics.BeforePublish = happened =>
        {
            if (isBroken && happened.Record.Value == "1")
                throw new InvalidOperationException("The topic does not answer.");
        };
        await App.SaveAsync(async library => await library.AddAsync(new User { Name = "Ann" }));
        await App.SaveAsync(async library => (await library.Users.SingleAsync()).Name = "Anna");
        await App.SaveAsync(async library => await library.AddAsync(new User { Name = "Bob" }));

        Assert.Contains("Bob", (await Topics.EventsAsync(1))[0], StringComparison.Ordinal);
        isBroken = false;
        Assert.Equal(["created", "created", "updated"], (await Topics.EventsAsync(3)).Select(happened => happened.Split('"')[3]));
    }

    [SkippableFact]
    public async Task A_transaction_that_is_rolled_back_tells_nobody()
    {
        Assert.Empty(await EventsOfAsync(() => App.WithAsync(async library =>
        {
            await using var transaction = await library.Database.BeginTransactionAsync();
            library.Add(new User { Name = "Ann" });
            await library.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        })));
    }

    [SkippableFact]
    public async Task A_transaction_of_the_application_tells_all_when_it_commits()
    {
        await App.WithAsync(async library =>
        {
            await using var transaction = await library.Database.BeginTransactionAsync();
            var user = library.Add(new User { Name = "Ann" });
            await library.SaveChangesAsync();
            user.Entity.Name = "Anna";
            await library.SaveChangesAsync();
            Assert.Empty(Topics.Published);
            await transaction.CommitAsync();
            return 0;
        });
        Assert.Equal(["created", "updated"], (await Topics.EventsAsync(2)).Select(happened => happened.Split('"')[3]));
    }

    [SkippableFact]
    public async Task A_save_without_await_tells_as_well()
    {
        await App.WithAsync(library =>
        {
            library.Add(new User { Name = "Ann" });
            return Task.FromResult(library.SaveChanges());
        });
        Assert.Single(await Topics.EventsAsync(1));
    }

    /// <summary>
    /// A process that dies between commit and publish, or between publish and delete, again and again: in the end every
    /// event was published, and those of a record in order.
    /// </summary>
    [SkippableFact]
    public async Task Nothing_is_missing_and_nothing_is_out_of_order_after_a_hundred_deaths()
    {
        const int Deaths = 100;
        var topics = new FakeTopics();
        for (var life = 0; life < Deaths; life++)
        {
            var (survived, allowed) = (0, life % 3);
            // From here on the process is dead to the topics, in the middle of a batch: in one life before an event
            // arrives, in the next one after it arrived and before anybody knows.
            Action<TopicEvent> die = _ =>
            {
                if (Interlocked.Increment(ref survived) > allowed)
                    throw new InvalidOperationException("Killed.");
            };
            (topics.BeforePublish, topics.AfterPublish) = life % 2 == 0 ? (die, (Action<TopicEvent>?)null) : (null, die);
            await using var app = await LibraryApp.StartAsync(Store, topics: topics);
            await app.WithAsync(async library =>
            {
                var user = await library.Users.OrderBy(user => user.Id).FirstOrDefaultAsync() ?? library.Add(new User { Name = "0" }).Entity;
                user.Age = life;
                library.Add(new User { Name = $"user {life}" });
                return await library.SaveChangesAsync();
            });
        }
        (topics.BeforePublish, topics.AfterPublish) = (null, null);
        await using var last = await LibraryApp.StartAsync(Store, topics: topics);
        await topics.EventsAsync(2 * Deaths);

        var ofFirst = topics.Published.Where(happened => happened.Record.Value == topics.Published[0].Record.Value).ToList();
        Assert.Equal(2 * Deaths, topics.Published.Count);
        Assert.Equal(Enumerable.Range(0, Deaths), ofFirst.Select(happened => (int)FakeTopics.Read(happened)["data"]!["age"]!));
    }
}
