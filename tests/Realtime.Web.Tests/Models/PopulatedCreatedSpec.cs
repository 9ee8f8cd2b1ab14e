using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;
using Realtime.Web.Models.Publishing;

namespace Realtime.Web.Tests.Models;

public sealed class PopulatedCreatedOnSqliteSpec() : PopulatedCreatedSpec(new SqliteLibrary());

public sealed class PopulatedCreatedOnPostgresSpec() : PopulatedCreatedSpec(new PostgresLibrary());

/// <summary>Contract B-44, D-7: <c>created.data</c> with what the record is associated with, where that is wanted.</summary>
public abstract class PopulatedCreatedSpec(LibraryStore store) : LibrarySpec(store)
{
    private const string Low = """album {"verb":"created","id":1,"data":{"id":1,"title":"Low","cover":null,"label":{"id":1},"tracks":[{"id":1,"name":"V-2","album":1}]}}""";

    protected override Task<LibraryApp> StartAsync() => LibraryApp.StartAsync(
        Store,
        models =>
        {
            models.PopulatesCreated = model => model.Name.Value is "album" or "track" or "seat";
            models.DecidesReaders = member => member.Name == nameof(Album.Title);
            models.IsHidden = member => member.Name == nameof(Label.Name) && member.DeclaringType.ClrType == typeof(Label);
        },
        options => options.For<Artist>(new NotForAll()).Policy = new AllowAll(), environment: "Production");

    [SkippableFact]
    public async Task A_request_tells_what_the_record_is_associated_with_and_hides_what_is_hidden()
    {
        await App.GivenAsync(new Label { Name = "secret" });
        await App.GivenAsync(new Track { Name = "V-2" });
        var events = await EventsOfAsync(() => App.SendAsync("POST", "/album", """{"title":"Low","label":1,"tracks":[1]}"""));
        Same(Low, events[^1]);
        Same("""track {"verb":"updated","id":1,"data":{"album":1}}""", events[^2]);
    }

    [SkippableFact]
    public async Task So_does_a_save_without_await_and_one_in_a_transaction_of_the_application()
    {
        Same(Low, (await EventsOfAsync(() => App.WithAsync(library => Task.FromResult(NewAlbum(library).SaveChanges()))))[0]);
        var events = await EventsOfAsync(() => App.WithAsync(async library =>
        {
            await using var transaction = await library.Database.BeginTransactionAsync();
            await NewAlbum(library).SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        }));
        Same("""track {"verb":"created","id":2,"data":{"id":2,"name":"V-2","album":{"id":2,"title":"Low","label":2}}}""",
            events.Single(happened => happened.StartsWith("track", StringComparison.Ordinal)));
    }

    /// <summary>To those who watch, it is a new record.</summary>
    [SkippableFact]
    public async Task A_record_that_gets_other_readers_is_told_in_the_same_way()
    {
        await App.SaveAsync(library => Task.FromResult(NewAlbum(library)));
        await App.SaveAsync(async library => (await library.Albums.SingleAsync()).Title = "Lower");
        Same(
            Low.Replace("\"Low\"", "\"Lower\"", StringComparison.Ordinal).Replace("\"data\"", "\"readersChanged\":true,\"data\"", StringComparison.Ordinal),
            (await Topics.EventsAsync(5))[^1]);
    }

    /// <summary>An event has many readers.</summary>
    [SkippableFact]
    public async Task What_not_everybody_may_read_does_not_come_along()
    {
        var bowie = await App.GivenAsync(new Artist { Name = "Bowie" });
        var events = await EventsOfAsync(() => App.SendAsync("POST", "/album", $$"""{"title":"Low","artists":["{{bowie.Id}}"]}"""));
        Same("""album {"verb":"created","id":1,"data":{"id":1,"title":"Low","cover":null,"label":null,"tracks":[]}}""", events[^1]);
    }

    [SkippableFact]
    public async Task Other_models_are_told_flat()
    {
        var events = await EventsOfAsync(() => App.SaveAsync(async library => await library.AddAsync(new Cover { Motif = "a bus", Album = new Album() })));
        Same("""cover {"verb":"created","id":1,"data":{"id":1,"motif":"a bus","album":1}}""",
            events.Single(happened => happened.StartsWith("cover", StringComparison.Ordinal)));
    }

    /// <summary>Contract B-14: as <c>find</c> has it.</summary>
    [SkippableFact]
    public async Task Of_a_collection_the_first_30_come_along()
    {
        var events = await EventsOfAsync(() => App.SaveAsync(async library => await library.AddAsync(
            new Album { Tracks = [.. Enumerable.Range(0, 35).Select(number => new Track { Name = $"{number}" })] })));
        var album = Read(events.Single(happened => happened.StartsWith("album", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, 30), album["data"]!["tracks"]!.AsArray().Select(track => (int)track!["id"]!));
    }

    [SkippableFact]
    public async Task Records_of_a_composite_key_and_more_than_one_query_reads_are_all_told()
    {
        const int count = 501;
        var events = await EventsOfAsync(() => App.SaveAsync(async library => await library.AddRangeAsync(
            Enumerable.Range(0, count).Select(number => new Seat { Row = "A", Number = number, Bookings = { new Booking() } }))));
        var seats = events.Where(happened => happened.StartsWith("seat", StringComparison.Ordinal)).ToArray();
        Assert.Equal(count, seats.Length);
        Assert.All(seats, seat => Assert.Single(Read(seat)["data"]!["bookings"]!.AsArray()));
    }

    /// <summary>Contract P-34.</summary>
    [SkippableFact]
    public async Task An_entity_that_the_application_tells_of_is_told_populated_if_it_is_stored()
    {
        await App.SaveAsync(library => Task.FromResult(NewAlbum(library)));
        var before = (await Topics.EventsAsync(3)).Length;
        var albums = App.Services.GetRequiredService<ITopic<Album>>();
        await albums.CreatedAsync(new Album { Id = 1, Title = "?" }, noReverse: true);
        await albums.CreatedAsync(new Album { Id = 9, Title = "?" }, noReverse: true);
        await albums.CreatedAsync(new { id = 1, title = "as it is" }, noReverse: true);
        var told = (await Topics.EventsAsync(before + 3))[before..];
        Same(Low, told[0]);
        Same("""album {"verb":"created","id":9,"data":{"id":9,"title":"?","label":null}}""", told[1]);
        Same("""album {"verb":"created","id":1,"data":{"id":1,"title":"as it is"}}""", told[2]);
    }

    private static Library NewAlbum(Library library)
    {
        library.Add(new Album { Title = "Low", Label = new Label { Name = "secret" }, Tracks = { new Track { Name = "V-2" } } });
        return library;
    }

    private static System.Text.Json.Nodes.JsonNode Read(string happened) =>
        System.Text.Json.Nodes.JsonNode.Parse(happened[happened.IndexOf('{', StringComparison.Ordinal)..])!;

    private static void Same(string expected, string happened)
    {
        Assert.Equal(expected.Split(' ')[0], happened.Split(' ')[0]);
        Same(expected[expected.IndexOf('{', StringComparison.Ordinal)..], Read(happened));
    }

    /// <summary>Who is asked may read everything, but not everybody may.</summary>
    private sealed class NotForAll : IModelPolicy
    {
        public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => ValueTask.FromResult(true);
    }
}
