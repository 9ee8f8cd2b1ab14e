using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Blueprints.Writing;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Does an action again where another request was faster with the same children (contract B-28).</summary>
internal static class Racing
{
    private const int Attempts = 5;

    public static async Task<IResult> RunAsync(BlueprintRequest request, Func<BlueprintRequest, Task<IResult>> run)
    {
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            try
            {
                return await run(request);
            }
            catch (DbUpdateException lost) when (StoreErrors.IsLostRace(lost))
            {
                request.Context.ChangeTracker.Clear();      // nothing was saved; what it knows is out of date
            }
        }
        return Refusal.Of(request.Http.Request, BlueprintCodes.Conflict, "Others keep changing the same children: try again.");
    }
}
