namespace Realtime.Web.Blueprints;

/// <summary>What a route of the blueprints does: metadata of its endpoint, for filters that want to know (contract B-23).</summary>
/// <param name="Model">The model.</param>
/// <param name="Action">Its action: <c>findOne</c>, <c>tracks.add</c>.</param>
public sealed record BlueprintTarget(ModelName Model, string Action);
