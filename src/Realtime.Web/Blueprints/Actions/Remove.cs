using Microsoft.AspNetCore.Http;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-38, P-21. Removing what is not in is no change (P-28).</summary>
internal static class Remove
{
    public static Task<IResult> RunAsync(BlueprintRequest request, AssociationDescription association) =>
        Collecting.RunAsync(request, association, subscribes: false, async collection =>
        {
            object[][] keys = [association.Target.Key.Parse(request.Path("childid"))];
            if ((await collection.LoadAsync(keys)).Count == 0)
                return null;
            await collection.RemoveAsync(keys);
            return [];
        });
}
