using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

public sealed class RaceOnSqliteSpec() : RaceSpec(new SqliteLibrary());

public sealed class RaceOnPostgresSpec() : RaceSpec(new PostgresLibrary());

/// <summary>Two requests for the same child, one of which is faster (contract B-28): both have got what they asked for, and it happened once.</summary>
public abstract class RaceSpec(LibraryStore store) : LibrarySpec(store)
{
    private readonly Meanwhile _meanwhile = new();

    protected override Task<LibraryApp> StartAsync() => LibraryApp.StartAsync(Store, configure: builder =>
        builder.Services.ConfigureDbContext<Library>(context => context.AddInterceptors(_meanwhile)));

    [SkippableTheory]
    [InlineData("PUT", "/album/1/artists/ID", null)]
    [InlineData("PUT", "/album/1/artists", """["ID"]""")]
    [InlineData("PATCH", "/album/1", """{"artists":["ID"]}""")]
    public async Task A_member_that_somebody_else_has_added_meanwhile_is_a_member(string method, string url, string? body)
    {
        await App.GivenAsync(new Album { Title = "Low" });
        var bowie = (await App.GivenAsync(new Artist { Name = "Bowie" })).Id;
        _meanwhile.Happens = () => Change(album => album.Artists.Add(new Artist { Id = bowie }));

        var events = await EventsOfAsync(async () =>
        {
            var (status, answer) = await App.SendAsync(method, With(url, bowie)!, With(body, bowie));
            Assert.Equal(200, status);
            Assert.Single(answer!["artists"]!.AsArray());
        });

        Assert.Equal(["album", "artist"], events.Select(happened => happened.Split(' ')[0]).Order());
    }

    [SkippableFact]
    public async Task A_member_that_somebody_else_has_removed_meanwhile_is_none()
    {
        var bowie = Guid.NewGuid();
        await App.GivenAsync(new Album { Title = "Low", Artists = { new Artist { Id = bowie } } });
        await Topics.EventsAsync(2);
        _meanwhile.Happens = () => Change(album => album.Artists.Clear());

        var events = await EventsOfAsync(async () =>
        {
            var (status, answer) = await App.SendAsync("DELETE", $"/album/1/artists/{bowie}");
            Assert.Equal(200, status);
            Assert.Empty(answer!["artists"]!.AsArray());
        });

        Assert.Equal(["album", "artist"], events.Select(happened => happened.Split(' ')[0]).Order());
    }

    private static string? With(string? text, Guid id) => text?.Replace("ID", $"{id}", StringComparison.Ordinal);

    private Task Change(Action<Album> change) => App.SaveAsync(async library =>
    {
        var album = await library.Albums.Include(album => album.Artists).SingleAsync();
        change(album);
        foreach (var artist in library.ChangeTracker.Entries<Artist>())
            artist.State = EntityState.Unchanged;
    });

    /// <summary>Lets something happen between what a request reads and what it saves, once.</summary>
    private sealed class Meanwhile : SaveChangesInterceptor
    {
        public Func<Task>? Happens { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Happens is { } happens)
            {
                Happens = null;
                await happens();
            }
            return result;
        }
    }
}
