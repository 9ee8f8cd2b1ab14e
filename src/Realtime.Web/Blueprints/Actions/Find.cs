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
        await Subscriptions.WatchAsync(request, request.Model);
        var records = await Subscriptions.ReadAsync(
            request, () => request.ReadAsync(Records.Of(request.Context, request.Model.EntityType), shape, criteria));
        if (records.Count > 0)
            await Subscriptions.WatchAssociatedAsync(request);
        return request.Answer(records);
    }
}
