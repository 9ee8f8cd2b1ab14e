using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Models;

namespace Realtime.Web.Tests.Models;

public sealed class ChangeInterceptorOnSqliteSpec() : ChangeInterceptorSpec(new SqliteLibrary());

public sealed class ChangeInterceptorOnPostgresSpec() : ChangeInterceptorSpec(new PostgresLibrary());

/// <summary>What the application's own code saves (contract B-49: beyond Sails).</summary>
public abstract class ChangeInterceptorSpec(LibraryStore store) : LibrarySpec(store)
{
    [SkippableFact]
    public async Task A_graph_that_is_new_is_told_record_by_record()
    {
        var events = await EventsOfAsync(() => App.SaveAsync(async library =>
            await library.AddAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } })));
        Assert.Equal(
        [
            """album {"verb":"created","id":1,"data":{"id":1,"title":"Low","label":null}}""",
            """track {"verb":"created","id":1,"data":{"id":1,"name":"V-2","album":1}}""",
        ], events.Order());
    }

    [SkippableFact]
    public async Task A_record_attached_as_changed_tells_what_differs_from_the_datastore()
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30 });
        Assert.Equal(
            ["""user {"verb":"updated","id":1,"data":{"id":1,"age":31},"previous":{"id":1,"age":30,"email":null,"name":"Ann"}}"""],
            await EventsOfAsync(() => App.SaveAsync(library =>
            {
                library.Update(new User { Id = 1, Name = "Ann", Age = 31 });
                return Task.CompletedTask;
            })));
    }

    [SkippableFact]
    public async Task A_new_key_is_known_in_a_transaction_of_the_application_too()
    {
        Assert.Equal(
            ["""track {"verb":"created","id":1,"data":{"id":1,"name":"V-2","album":null}}""", """track {"verb":"created","id":2,"data":{"id":2,"name":"X","album":null}}"""],
            await EventsOfAsync(() => App.WithAsync(async library =>
            {
                await using var transaction = await library.Database.BeginTransactionAsync();
                library.Add(new Track { Name = "V-2" });
                await library.SaveChangesAsync();
                library.Add(new Track { Name = "X" });
                await library.SaveChangesAsync();
                await transaction.CommitAsync();
                return 0;
            })));
    }

    [SkippableFact]
    public async Task A_save_that_fails_tells_nobody_and_leaves_the_context_usable()
    {
        await App.GivenAsync(new User { Name = "Ann", Email = "a@example.org" });
        var events = await EventsOfAsync(() => App.WithAsync(async library =>
        {
            var second = library.Add(new User { Name = "Bob", Email = "a@example.org" });
            await Assert.ThrowsAsync<DbUpdateException>(() => library.SaveChangesAsync());
            second.Entity.Email = "b@example.org";
            return await library.SaveChangesAsync();
        }));
        Assert.Contains("b@example.org", Assert.Single(events), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_save_that_came_too_late_tells_nobody_whatever_its_context_does_next()
    {
        await App.GivenAsync(new Gadget { Price = 1 });
        var events = await EventsOfAsync(() => App.WithAsync(async library =>
        {
            var gadget = await library.Gadgets.SingleAsync();
            (gadget.Price, gadget.Version) = (2, 1);
            await library.Gadgets.ExecuteUpdateAsync(all => all.SetProperty(other => other.Version, 7));
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => library.SaveChangesAsync());

            await using (var transaction = await library.Database.BeginTransactionAsync())
                await transaction.CommitAsync();
            library.ChangeTracker.Clear();
            return await library.SaveChangesAsync();
        }));
        Assert.Empty(events);
    }

    /// <summary>Issue of the mission: C# code that saves through the repository is heard.</summary>
    [SkippableFact]
    public async Task A_repository_omits_who_it_is_told_to()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IModelRepository<User>>();

        await users.CreateAsync(new User { Name = "johnny five" }, LibraryApp.Ann);
        await users.UpdateAsync(1, user => user.Name = "Johnny");
        await users.DestroyAsync(1);

        await Topics.EventsAsync(3);
        Assert.Equal([LibraryApp.Ann, null, null], Topics.Published.Select(happened => happened.Omit));
    }

    [SkippableFact]
    public async Task A_repository_changes_collections()
    {
        await App.GivenAsync(new Album { Title = "Low" });
        await App.GivenAsync(new Track { Name = "V-2" });
        await using var scope = App.Services.CreateAsyncScope();
        var albums = scope.ServiceProvider.GetRequiredService<IModelRepository<Album>>();

        var events = await EventsOfAsync(async () =>
        {
            Assert.True(await albums.AddAsync(1, album => album.Tracks, 1));
            Assert.False(await albums.AddAsync(1, album => album.Tracks, 9));
            Assert.True(await albums.ReplaceAsync(1, album => album.Tracks, []));
            Assert.False(await albums.RemoveAsync(1, album => album.Tracks, 1));
        });

        Assert.Equal(["addedTo", "updated", "removedFrom", "updated"], events.Select(happened => happened.Split('"')[3]));
    }
}
