using Microsoft.AspNetCore.Http;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-37, P-20, P-26. Adding a member again is no change (P-28).</summary>
internal static class Add
{
    public static Task<IResult> RunAsync(BlueprintRequest request, AssociationDescription association) =>
        Collecting.RunAsync(request, association, subscribes: true, async collection =>
        {
            object[][] keys = [association.Target.Key.Parse(request.Path("childid"))];
            var children = await collection.LoadAsync(keys);
            if (children.Count == 0)
                return null;
            await collection.AddAsync(children, keys);
            return [association.Target.Key.Format(keys[0])];
        });
}
