using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Realtime.Testing;
using Realtime.Web.Models.Outbox;

namespace Realtime.Web.Tests.Models;

/// <summary>Promise 5 where two nodes have one database, and each of them publishes.</summary>
public sealed class TwoDispatchersSpec : IDisposable
{
    private const int Users = 5;
    private const int Writers = 6;
    private const int Increments = 25;

    private readonly PostgresLibrary _store = new();

    public void Dispose() => _store.Dispose();

    [SkippableFact]
    public async Task Two_nodes_publish_each_event_once_and_those_of_a_record_in_the_order_of_the_commits()
    {
        var (topics, attempts) = (new FakeTopics(), new ConcurrentQueue<string?>());
        topics.BeforePublish = happened => attempts.Enqueue(happened.Key);
        await using var one = await StartAsync(topics);
        await using var other = await StartAsync(topics);
        await one.SaveAsync(library => library.AddRangeAsync(Enumerable.Range(1, Users).Select(i => new User { Name = $"user {i}", Age = 0 })));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => IncrementAsync(writer % 2 == 0 ? one : other, writer)));

        await topics.EventsAsync(Users + (Writers * Increments));
        await Eventually.TrueAsync(() => one.WithAsync(async library => !await library.Set<OutboxRow>().AnyAsync()));
        Assert.Equal(attempts.Distinct().Count(), attempts.Count);
        foreach (var ofRecord in topics.Published.GroupBy(happened => happened.Record))
        {
            var ages = ofRecord.Select(happened => (int)FakeTopics.Read(happened)["data"]!["age"]!).ToList();
            Assert.Equal(Enumerable.Range(0, ages.Count), ages);
        }
    }

    private Task<LibraryApp> StartAsync(FakeTopics topics) => LibraryApp.StartAsync(
        _store, options => (options.Outbox.Concurrency, options.Outbox.BatchSize, options.Outbox.PollEvery) = (32, 16, TimeSpan.FromMilliseconds(10)), topics: topics);

    // Each reads what the one before has committed, so the numbers are the order of the commits.
    private static async Task IncrementAsync(LibraryApp app, int writer)
    {
        for (var i = 0; i < Increments; i++)
        {
            var id = ((writer + i) % Users) + 1;
            await app.WithAsync(async library =>
            {
                await using var transaction = await library.Database.BeginTransactionAsync();
                var user = await library.Users.FromSql($"SELECT * FROM \"Users\" WHERE \"Id\" = {id} FOR UPDATE").SingleAsync();
                user.Age++;
                await library.SaveChangesAsync();
                await transaction.CommitAsync();
                return 0;
            });
        }
    }
}
