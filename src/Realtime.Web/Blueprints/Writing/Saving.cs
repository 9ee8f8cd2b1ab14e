using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Blueprints.Writing;

/// <summary>Saves what an action has done, all of it or nothing.</summary>
internal static class Saving
{
    /// <summary>Saves.</summary>
    /// <param name="request">The request.</param>
    /// <param name="code">The code of a refusal for which there is no better one.</param>
    /// <returns>Null if it is saved, otherwise the answer.</returns>
    /// <exception cref="DbUpdateException">A race was lost, and the action is to be done again.</exception>
    public static async Task<IResult?> TryAsync(BlueprintRequest request, string code)
    {
        try
        {
            await request.Context.SaveChangesAsync(request.Cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException changed) when (!StoreErrors.IsLostRace(changed))
        {
            foreach (var entry in changed.Entries)
            {
                if (await entry.GetDatabaseValuesAsync(request.Cancellation) is not null)
                    return Refusal.Of(request.Http.Request, BlueprintCodes.Conflict, "The record was changed by somebody else meanwhile: read it again.");
            }
            return BlueprintRequest.NotFound;
        }
        catch (DbUpdateException error) when (!StoreErrors.IsLostRace(error) && StoreErrors.Answer(request, error, code) is { } answer)
        {
            return answer;
        }
    }
}
