using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-10 to B-15, B-31.</summary>
internal static class Find
{
    public static async Task<IResult> RunAsync(BlueprintRequest request)
    {
        await request.DemandAsync(ModelAction.Read);
        var criteria = CriteriaReader.Read(request.Model.EntityType, request.Criteria, request.Setup.Criteria);
        var shape = await request.ShapeAsync(request.Model, criteria);
        // Contract D-4: its own model only.
        if (request.Requester is { } socket && request.Setup.Options.AutoWatch && await request.MayWatchAsync())
            await request.Setup.Topics.WatchAsync(socket, request.Model.Name, request.Cancellation);
        return request.Answer(await Subscriptions.ReadAsync(
            request, () => request.ReadAsync(Records.Of(request.Context, request.Model.EntityType), shape, criteria)));
    }
}
