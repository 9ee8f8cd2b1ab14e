using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-16, B-36. The topic lets go of all subscribers by itself (P-32).</summary>
internal static class Destroy
{
    public static async Task<IResult> RunAsync(BlueprintRequest request)
    {
        await request.DemandAsync(ModelAction.Destroy);
        var (key, shape) = (request.Key(), await request.ShapeOfAnswerAsync());
        var record = await Records.FindAsync(request.Context, request.Model, key, request.Readable(request.Model), request.Cancellation);
        if (record is null || await request.ReadOneAsync(shape, key) is not { } answer)
            return BlueprintRequest.NotFound;
        var origin = request.Begin();
        if (await Previous.ReadAsync(request, key) is { } previous)
            origin.Previous[(request.Model.Name, answer.Id)] = previous;
        request.Context.Remove(record);
        return await Saving.TryAsync(request, BlueprintCodes.InUse) ?? request.Answer(answer);
    }

    /// <summary>A DELETE that names no record (contract B-27).</summary>
    public static IResult WithoutId(HttpRequest request) =>
        Refusal.Of(request, CriteriaCodes.InvalidCriteria, "Name the record to destroy: DELETE /model/id.");
}
