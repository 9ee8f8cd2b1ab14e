namespace Realtime.Web.Models.Definitions;

/// <summary>A further route for an action of a model, as its file defines it (contract B-7).</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The pattern of the path.</param>
/// <param name="Action">The action: <c>findOne</c>, <c>tracks.add</c>.</param>
internal sealed record RouteDefinition(string Method, string Pattern, string Action)
{
    public override string ToString() => $"{Method} {Pattern}";
}
