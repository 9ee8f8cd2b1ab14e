using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-16, B-17, B-35; a plural attribute is replaced (D-5).</summary>
internal static class Update
{
    public static async Task<IResult> RunAsync(BlueprintRequest request)
    {
        await request.DemandAsync(ModelAction.Update);
        var (key, shape) = (request.Key(), await request.ShapeOfAnswerAsync());
        var record = await Records.FindAsync(request.Context, request.Model, key, request.Readable(request.Model), request.Cancellation);
        if (record is null)
            return BlueprintRequest.NotFound;
        var id = request.Model.Key.Format(key);
        await Subscriptions.SubscribeAsync(request, request.Model, id);
        var origin = request.Begin();
        if (await Previous.ReadAsync(request, key) is { } previous)
            origin.Previous[(request.Model.Name, id)] = previous;

        var writer = new RecordWriter(request, request.Context.Entry(record), request.Values, isNew: false);
        await writer.WriteAsync();
        if (writer.Errors.Any)
            return Refusal.Of(request.Http.Request, BlueprintCodes.InvalidValuesToSet, writer.Errors.Details, writer.Errors.ByAttribute);
        if (await Saving.TryAsync(request, BlueprintCodes.InvalidValuesToSet) is { } refusal)
            return refusal;
        return await request.AnswerAsync(shape, key);
    }
}
