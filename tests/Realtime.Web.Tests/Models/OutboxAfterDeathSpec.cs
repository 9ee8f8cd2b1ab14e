using Microsoft.EntityFrameworkCore;
using Realtime.Web.Topics;

namespace Realtime.Web.Tests.Models;

public sealed class OutboxAfterDeathOnSqliteSpec() : OutboxAfterDeathSpec(new SqliteLibrary());

public sealed class OutboxAfterDeathOnPostgresSpec() : OutboxAfterDeathSpec(new PostgresLibrary());

/// <summary>Promise 5 where processes die.</summary>
public abstract class OutboxAfterDeathSpec(LibraryStore store) : IDisposable
{
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
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
            await using var app = await LibraryApp.StartAsync(store, topics: topics);
            await app.WithAsync(async library =>
            {
                var user = await library.Users.OrderBy(user => user.Id).FirstOrDefaultAsync() ?? library.Add(new User { Name = "0" }).Entity;
                user.Age = life;
                library.Add(new User { Name = $"user {life}" });
                return await library.SaveChangesAsync();
            });
        }
        (topics.BeforePublish, topics.AfterPublish) = (null, null);
        await using var last = await LibraryApp.StartAsync(store, topics: topics);
        await topics.EventsAsync(2 * Deaths);

        var ofFirst = topics.Published.Where(happened => happened.Record == topics.Published[0].Record).ToList();
        Assert.Equal(2 * Deaths, topics.Published.Count);
        Assert.Equal(Enumerable.Range(0, Deaths), ofFirst.Select(happened => (int)FakeTopics.Read(happened)["data"]!["age"]!));
    }
}
