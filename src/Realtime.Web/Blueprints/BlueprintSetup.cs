using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;
using Realtime.Web.Models.Changes;
using Realtime.Web.Models.Json;
using Realtime.Web.Topics;

namespace Realtime.Web.Blueprints;

/// <summary>What the blueprints of a context share.</summary>
internal sealed record BlueprintSetup(
    BlueprintOptions Options, CriteriaOptions Criteria, RecordJson Json, ChangeOrigins Origins, ITopics Topics,
    IModelPolicy Fallback)
{
    public IModelPolicy PolicyOf(ModelDescription model) => Options.Policies.GetValueOrDefault(model.EntityType.ClrType) ?? Options.Policy ?? Fallback;
}
