using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-19, B-39: the children of the list, and no others. Only those that come or go hear of it (B-47).</summary>
internal static class Replace
{
    public static Task<IResult> RunAsync(BlueprintRequest request, AssociationDescription association) =>
        Collecting.RunAsync(request, association, subscribes: true, async collection =>
        {
            var json = request.Body ?? new RecordInput(null, request.Http.Request.Query, []).JsonOf(association.Name, association.Navigation)
                ?? throw new RealtimeException(BlueprintCodes.InvalidAssociatedIds, "Send the primary keys of the children as a JSON array.");
            return await collection.ReplaceAsync(Collection.KeysOf(request, association, json));
        });
}
