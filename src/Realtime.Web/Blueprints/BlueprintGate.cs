using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;
using Realtime.Web.Topics;

namespace Realtime.Web.Blueprints;

/// <summary>Holds what asks the hub to the policy that blueprints ask: who may not find records does not hear of them either.</summary>
internal sealed class BlueprintGate<TContext>(ModelName name, BlueprintSetup setup) : IModelGate
    where TContext : DbContext
{
    public async ValueTask<bool> AdmitsAsync(HttpContext request, IReadOnlyCollection<RecordId> records)
    {
        var context = request.RequestServices.GetRequiredService<TContext>();
        var models = request.RequestServices.GetRequiredService<ModelContext<TContext>>().RegistryOf(context);
        var asked = new BlueprintRequest(request, context, models, name, setup, null);
        if (records.Count == 0)
            return await asked.MayWatchAsync(asked.Model);
        return await asked.MayHearAsync(asked.Model) && (asked.Readable(asked.Model) is null || await AllExistAsync(asked, records));
    }

    public bool IsPublic(ModelDescription model) => setup.PolicyOf(model).IsPublic(model);

    // For the sender, that is; a record that does not exist at all, and what is no record, do not differ from those of others.
    private static async Task<bool> AllExistAsync(BlueprintRequest asked, IReadOnlyCollection<RecordId> records)
    {
        var (model, keys) = (asked.Model, new Dictionary<RecordId, object[]>());
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
