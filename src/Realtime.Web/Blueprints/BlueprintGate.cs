using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;
using Realtime.Web.Topics;

namespace Realtime.Web.Blueprints;

/// <summary>Holds what asks the hub to the policy that blueprints ask: who may not find records does not hear of them either.</summary>
internal sealed class BlueprintGate<TContext>(ModelDescription model, BlueprintSetup setup) : IModelGate
    where TContext : DbContext
{
    public async ValueTask<bool> AdmitsAsync(HttpContext request, IReadOnlyCollection<RecordId> records)
    {
        var asked = new BlueprintRequest(request, request.RequestServices.GetRequiredService<TContext>(), model, setup, null);
        if (!await asked.MayAsync(ModelAction.Read, model))
            return false;
        if (records.Count == 0)
            return await asked.MayWatchAsync();
        return await asked.MayAsync(ModelAction.Subscribe, model) && (asked.Readable(model) is null || await AllExistAsync(asked, records));
    }

    // For the sender, that is; a record that does not exist at all, and what is no record, do not differ from those of others.
    private async Task<bool> AllExistAsync(BlueprintRequest asked, IReadOnlyCollection<RecordId> records)
    {
        var keys = new Dictionary<RecordId, object[]>();
        try
        {
            foreach (var record in records)
            {
                var key = model.Key.Parse(record.Value);
                keys[model.Key.Format(key)] = key;
            }
        }
        catch (RealtimeException wrong) when (wrong.Code == CriteriaCodes.InvalidCriteria)
        {
            return false;
        }
        var mine = Records.Where(Records.WithKey(Records.Of(asked.Context, model.EntityType), model, [.. keys.Values]), asked.Readable(model));
        return await ((IQueryable<object>)mine).CountAsync(asked.Cancellation) == keys.Count;
    }
}
