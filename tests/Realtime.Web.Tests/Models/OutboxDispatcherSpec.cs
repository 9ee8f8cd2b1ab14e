using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Tests.Running;

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
            if (isBroken && happened.Record?.Value == "1")
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
    public async Task The_size_of_batches_and_the_lag_are_measured()
    {
        using var measured = new Measured(App.Services.GetRequiredService<IMeterFactory>(), "Realtime.Models");
        var isBroken = true;
        Topics.BeforePublish = _ =>
        {
            if (isBroken)
                throw new InvalidOperationException("The topic does not answer.");
        };
        foreach (var name in (string[])["Ann", "Bob", "Cid"])
            await App.SaveAsync(async library => await library.AddAsync(new User { Name = name }));
        await Eventually.TrueAsync(() => Task.FromResult(measured.Of("realtime.outbox.pending").Contains(3)));
        isBroken = false;
        await Eventually.TrueAsync(() => Task.FromResult(measured.Of("realtime.outbox.pending").LastOrDefault(-1) == 0));

        Assert.Contains(3, measured.Of("realtime.outbox.batch.size"));
        Assert.Equal(3, measured.Of("realtime.outbox.published").Sum());
        Assert.NotEmpty(measured.Of("realtime.outbox.failed"));
        Assert.Equal(3, measured.Of("realtime.outbox.lag").Count);
        Assert.All(measured.Of("realtime.outbox.lag"), seconds => Assert.InRange(seconds, 0.000001, 60));
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
}
