using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Models;
using Realtime.Web.Models.Publishing;

namespace Realtime.Web.Tests.Models;

public sealed class HiddenInsideOnSqliteSpec() : HiddenInsideSpec(new SqliteLibrary());

public sealed class HiddenInsideOnPostgresSpec() : HiddenInsideSpec(new PostgresLibrary());

/// <summary>Contract B-48: what <see cref="ModelsOptions.IsHidden"/> hides inside the objects of a record, by place.</summary>
public abstract class HiddenInsideSpec(LibraryStore store) : LibrarySpec(store)
{
    private const string Shown = """
        "from":{"street":"1 Elm Street","town":"Springwood","contact":{"name":"Nancy","calls":[{"at":"1 pm"},{"at":"2 pm"}]}},"to":{"town":"Derry","contact":{"name":"Bill","calls":[]}},
        "stops":[{"town":"Haven"},{"town":"Bangor"}],"size":{"width":7,"weight":{"grams":500}}
        """;

    protected override Task<LibraryApp> StartAsync() => LibraryApp.StartAsync(Store, models => models.IsHidden = member => member.Name switch
    {
        nameof(Address.Street) => member.DeclaringType is IReadOnlyEntityType address && address.FindOwnership()!.PrincipalToDependent!.Name == nameof(Parcel.To),
        nameof(Contact.Phone) or nameof(Stop.Remark) or nameof(Weight.Declared) => true,
        _ => false,
    });

    [SkippableFact]
    public async Task Answers_and_events_do_not_have_it()
    {
        var events = await EventsOfAsync(() => App.SaveAsync(async library => await library.AddAsync(NewParcel())));
        Same($$"""{"verb":"created","id":1,"data":{"id":1,{{Shown}}} }""", Read(Assert.Single(events)));
        Same($$"""{"id":1,{{Shown}}}""", (await App.SendAsync("GET", "/parcel/1")).Body);

        events = await EventsOfAsync(() => App.SaveAsync(async library =>
        {
            var parcel = await library.Parcels.SingleAsync();
            (parcel.To!.Town, parcel.To.Street, parcel.Size.Weight.Declared) = ("Castle Rock", "2 Main Street", 3);
        }));
        var updated = Read(Assert.Single(events));
        Same("""{"id":1,"to":{"town":"Castle Rock","contact":{"name":"Bill","calls":[]}},"size":{"width":7,"weight":{"grams":500}}}""", updated["data"]);
        Same("""{"name":"Nancy","calls":[{"at":"1 pm"},{"at":"2 pm"}]}""", updated["previous"]!["from"]!["contact"]);
        AssertNothingHidden(updated);

        events = await EventsOfAsync(() => App.SendAsync("DELETE", "/parcel/1"));
        AssertNothingHidden(Read(Assert.Single(events)));
    }

    [SkippableFact]
    public async Task Clients_may_write_it_all_the_same()
    {
        var (status, body) = await App.SendAsync("POST", "/parcel", """{"to":{"street":"2 Main Street","contact":{"tel":"112"}},"stops":[{"remark":"late"}]}""");
        Assert.Equal(200, status);
        Same("""{"town":"","contact":{"name":null,"calls":[]}}""", body!["to"]);
        Same("""[{"town":null}]""", body["stops"]);
        var stored = await App.WithAsync(library => library.Parcels.SingleAsync());
        Assert.Equal(("2 Main Street", "112", "late"), (stored.To!.Street, stored.To.Contact!.Phone, stored.Stops[0].Remark));
    }

    /// <summary>Contract B-21: criteria are about attributes of the model itself.</summary>
    [SkippableTheory]
    [InlineData("where={\"to.street\":\"2 Main Street\"}")]
    [InlineData("where={\"to\":{\"street\":\"2 Main Street\"}}")]
    [InlineData("where={\"stops\":{\"contains\":\"late\"}}")]
    [InlineData("to.street=2 Main Street")]
    [InlineData("sort=to.street")]
    [InlineData("sort=size.weight.declared")]
    [InlineData("select=to.street")]
    [InlineData("omit=to.street")]
    [InlineData("populate=to.contact")]
    public async Task Criteria_do_not_reach_it(string criteria)
    {
        await App.GivenAsync(NewParcel());
        Assert.Equal(400, (await App.SendAsync("GET", $"/parcel?{criteria}")).Status);
    }

    [SkippableFact]
    public async Task What_selects_the_object_gets_it_without()
    {
        await App.GivenAsync(NewParcel());
        Same("""[{"id":1,"to":{"town":"Derry","contact":{"name":"Bill","calls":[]}}}]""", (await App.SendAsync("GET", "/parcel?select=to")).Body);
    }

    /// <summary>Contract P-34, P-35: an entity, or an object as clients know it.</summary>
    [SkippableFact]
    public async Task What_the_application_tells_itself_does_not_have_it_either()
    {
        var parcels = App.Services.GetRequiredService<ITopic<Parcel>>();
        var entity = NewParcel();
        entity.Id = 1;
        await parcels.CreatedAsync(entity);
        await parcels.UpdatedAsync(1, new { to = new { street = "2 Main Street", town = "Derry" }, stops = new[] { new { remark = "late", town = "Haven" } } }, entity);
        await App.Services.GetRequiredService<ITopic<Gadget>>().UpdatedAsync(Guid.Empty, new { maker = new { name = "Ada", secret = "psst" } });
        await App.Services.GetRequiredService<ITopic<Track>>().UpdatedAsync(1, new { album = new { id = 7, label = new { id = 2, stops = "its own" } } });
        Assert.All(Topics.Published, happened => AssertNothingHidden(FakeTopics.Read(happened)));
        Same($$"""{"id":1,{{Shown}}}""", FakeTopics.Read(Topics.Published[0])["data"]);
        Same("""{"to":{"town":"Derry"},"stops":[{"town":"Haven"}]}""", FakeTopics.Read(Topics.Published[1])["data"]);
        Same("""{"maker":{"name":"Ada"}}""", FakeTopics.Read(Topics.Published[2])["data"]);
        Same("""{"album":{"id":7,"label":{"id":2,"stops":"its own"}}}""", FakeTopics.Read(Topics.Published[3])["data"]);
    }

    [SkippableFact]
    public async Task The_description_does_not_have_it()
    {
        var parcel = (await App.SendAsync("GET", "/openapi/v1.json")).Body!["components"]!["schemas"]!["parcel"]!["properties"]!;
        Assert.Equal(["contact", "street", "town"], NamesOf(parcel["from"]!));
        Assert.Equal(["contact", "town"], NamesOf(parcel["to"]!));
        Assert.Equal(["calls", "name"], NamesOf(parcel["to"]!["properties"]!["contact"]!));
        Assert.Equal(["town"], NamesOf(parcel["stops"]!["items"]!));
        Assert.Equal(["grams"], NamesOf(parcel["size"]!["properties"]!["weight"]!));
    }

    private static Parcel NewParcel() => new()
    {
        From = new Address { Street = "1 Elm Street", Town = "Springwood", Contact = new Contact { Name = "Nancy", Phone = "112", Calls = { new Call { At = "1 pm" }, new Call { At = "2 pm" } } } },
        To = new Address { Street = "2 Main Street", Town = "Derry", Contact = new Contact { Name = "Bill", Phone = "112" } },
        Stops = { new Stop { Town = "Haven", Remark = "late" }, new Stop { Town = "Bangor", Remark = "later" } },
        Size = { Width = 7, Weight = { Grams = 500, Declared = 100 } },
    };

    private static JsonNode Read(string happened) => JsonNode.Parse(happened[happened.IndexOf('{', StringComparison.Ordinal)..])!;

    private static void AssertNothingHidden(JsonNode node)
    {
        foreach (var hidden in (string[])["2 Main Street", "tel", "remark", "declared", "secret"])
            Assert.DoesNotContain(hidden, node.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(JsonNode schema) => schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);
}
