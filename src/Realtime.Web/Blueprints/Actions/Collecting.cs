using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>What add, remove and replace have in common: they find the parent, change a collection of it, and answer with it.</summary>
internal static class Collecting
{
    /// <summary>Changes a collection.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">Which collection.</param>
    /// <param name="subscribes">Whether the socket that asks hears of the parent from now on.</param>
    /// <param name="change">Changes it; returns the children that came, or null if there is no such child.</param>
    public static async Task<IResult> RunAsync(
        BlueprintRequest request, AssociationDescription association, bool subscribes, Func<Collection, Task<IReadOnlyCollection<RecordId>?>> change)
    {
        await request.DemandAsync(ModelAction.Update);
        await request.DemandChangeAsync(association);
        var (key, shape) = (request.Key("parentid"), await request.ShapeOfAnswerAsync());
        var parent = await Records.FindAsync(request.Context, request.Model, key, request.Readable(request.Model), request.Cancellation);
        if (parent is null)
            return BlueprintRequest.NotFound;       // before any change (B-26)
        request.Begin(isAboutCollections: true);
        if (await change(new Collection(request, request.Context.Entry(parent), association)) is not { } added)
            return BlueprintRequest.NotFound;
        if (subscribes)
        {
            await Subscriptions.SubscribeAsync(request, request.Model, request.Model.Key.Format(key));
            if (!request.Setup.Options.Mirror)
                await Subscriptions.SubscribeAsync(request, association.Target, [.. added]);
        }
        if (await Saving.TryAsync(request, BlueprintCodes.InvalidAssociatedIds) is { } refusal)
            return refusal;
        return await request.AnswerAsync(shape, key);
    }
}
