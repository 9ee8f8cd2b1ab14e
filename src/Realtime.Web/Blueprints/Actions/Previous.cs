using Realtime.Web.Blueprints.Reading;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>
/// A record as it is before it changes, for the <c>previous</c> of its event: associations populated (contract P-12,
/// P-13), but for those whose readers a policy chooses. An event has many readers.
/// </summary>
internal static class Previous
{
    // As many as find brings along where a request does not say (B-14).
    private const int Children = 30;

    public static async Task<byte[]?> ReadAsync(BlueprintRequest request, object[] key)
    {
        var populated = request.Model.Associations
            .Where(association => request.Setup.PolicyOf(association.Target).IsPublic(association.Target))
            .Select(association => new PopulatedShape(association, new RecordShape(association.Target, null, []), association.IsPlural ? Children : null, null));
        var shape = new RecordShape(request.Model, null, [.. populated]);
        return await request.ReadOneAsync(shape, key) is { } record
            ? request.Setup.Json.Write(json => record.Write(json, request.Setup.Json))
            : null;
    }
}
