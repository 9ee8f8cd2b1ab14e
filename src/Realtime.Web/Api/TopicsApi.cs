using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Topics;

namespace Realtime.Web.Api;

/// <summary>Topics, for servers in any language whose models live elsewhere.</summary>
internal static class TopicsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/topics/{model}/publish", PublishAsync)
        .WithTags("Topics")
        .WithSummary("Tells the subscribers of records, or the watchers of their model, what happened")
        .Accepts<PublishRequest>("application/json")
        .WithName("Publish");

    private static async Task<NoContent> PublishAsync(string model, HttpContext context, ITopics topics, IOptions<RealtimeOptions> options)
    {
        var name = ModelName.Parse(model);
        var request = await JsonBody.ReadAsync<PublishRequest>(context.Request, options.Value);
        RecordId?[] ids = request.Ids is { } given
            ? [.. Hubs.RecordIds.Read([.. given.Select(id => (object)id)], options.Value)]
            : [null];
        var data = EventData.Of(request.Data);
        Limits.CheckPayload(data, options.Value);
        // One for each record, as Sails sends them (contract P-5).
        foreach (var id in ids)
            await topics.PublishAsync(new TopicEvent(name, request.Verb, id, data, EventData.Omit(request.Omit)), context.RequestAborted);
        return TypedResults.NoContent();
    }
}

/// <summary>What happened to records.</summary>
internal sealed record PublishRequest
{
    /// <summary>The ids of the records, strings or numbers; left out, it is for the watchers of the model.</summary>
    public IReadOnlyList<JsonElement>? Ids { get; init; }

    /// <summary>
    /// Who hears it: the watchers of the model for <c>created</c>, the subscribers of the record for all others. After
    /// <c>destroyed</c> the record has no subscribers. Default <c>messaged</c>.
    /// </summary>
    public Verb Verb { get; init; } = Verb.Messaged;

    /// <summary>What clients get, as it is (contract P-5): for the verbs of models, the envelope of P-11 to P-16.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The id of a socket that does not get it.</summary>
    public string? Omit { get; init; }
}
