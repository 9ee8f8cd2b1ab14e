using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Blueprints.Reading;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-16, B-32.</summary>
internal static class FindOne
{
    public static async Task<IResult> RunAsync(BlueprintRequest request)
    {
        await request.DemandAsync(ModelAction.Read);
        var key = request.Key();
        var shape = await request.ShapeAsync(request.Model, CriteriaReader.ReadOne(request.Model.EntityType, request.Criteria, request.Setup.Criteria));
        var found = await Subscriptions.ReadAsync(request, async () =>
            await request.ReadOneAsync(shape, key) is { } record ? new List<Record> { record } : []);
        if (found is not [var only])
            return BlueprintRequest.NotFound;
        await Subscriptions.WatchAssociatedAsync(request);
        return request.Answer(only);
    }
}
