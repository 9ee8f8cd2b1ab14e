using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Reading;

/// <summary>
/// What of a record an event brings along where associations are populated. An event has many readers, and goes to all of them as
/// it is: so records of models that not everybody may read stay primary keys, or stay away.
/// </summary>
internal static class EventShape
{
    // As many as find brings along where a request does not say (B-14).
    private const int Children = 30;

    public static RecordShape Of(ModelDescription model, Func<ModelDescription, bool> isPublic) => new(model, null,
    [
        .. model.Associations.Where(association => isPublic(association.Target)).Select(association => new PopulatedShape(
            association, new RecordShape(association.Target, null, []), association.IsPlural ? Children : null, null)),
    ]);
}
