using Realtime.Web.Blueprints.Reading;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>
/// A record as it is before it changes, for the <c>previous</c> of its event: associations populated (contract P-12,
/// P-13), but for those whose readers a policy chooses.
/// </summary>
internal static class Previous
{
    public static async Task<byte[]?> ReadAsync(BlueprintRequest request, object[] key)
    {
        var shape = EventShape.Of(request.Model, target => request.Setup.PolicyOf(target).IsPublic(target));
        return await request.ReadOneAsync(shape, key) is { } record
            ? request.Setup.Json.Write(json => record.Write(json, request.Setup.Json))
            : null;
    }
}
