using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Blueprints;

/// <summary>Puts actions of blueprints on routes of the application's own (contract B-7).</summary>
public static class MapBlueprintExtensions
{
    /// <summary>
    /// Lets a further route do what a route of the blueprints does, in all respects: policies, criteria, subscriptions and watching, events,
    /// OpenAPI, and what is required of the group. As the application's own, it wins over the blueprints' routes.
    /// <code>
    /// var blueprints = app.MapBlueprints&lt;Shop&gt;();
    /// blueprints.MapBlueprint("album.findOne", "/discography/{id}");
    /// blueprints.MapBlueprint("album.find", "/labels/{label}/albums");
    /// </code>
    /// </summary>
    /// <param name="blueprints">What <see cref="MapBlueprintsExtensions.MapBlueprints"/> has returned.</param>
    /// <param name="action">The model and its action, by the name of the blueprints' own endpoint: <c>album.findOne</c>, <c>album.tracks.add</c>.</param>
    /// <param name="pattern">
    /// The pattern of the path. It has the parameters that the blueprints' route has: <c>{id}</c> for one record, <c>{parentid}</c> and
    /// <c>{childid}</c> for collections. Others are parameters as those of the query string are, and win over these and the body (B-9): what
    /// find filters by, whatever its <c>where</c> says, and values of create and update.
    /// </param>
    /// <param name="method">The HTTP method; that of the blueprints' REST route.</param>
    /// <exception cref="ArgumentException">There is no such action, or the pattern lacks what the action needs.</exception>
    public static RouteHandlerBuilder MapBlueprint(
        this RouteGroupBuilder blueprints, string action, [StringSyntax("Route")] string pattern, string? method = null)
    {
        var models = ((IEndpointRouteBuilder)blueprints).ServiceProvider.GetRequiredService<MappedBlueprints>().Of(blueprints);
        if (models.Count == 0)
            throw new ArgumentException("The group has no blueprints: it must be the one that MapBlueprints has returned.");
        var (model, routes) = models.FirstOrDefault(pair => action.StartsWith($"{pair.Key}.", StringComparison.OrdinalIgnoreCase));
        if (routes?.Actions.FirstOrDefault(known => known.Name == action[(model.Value.Length + 1)..]) is not { } found)
        {
            var known = routes is null ? models.Keys.Select(known => $"{known}.find") : routes.Actions.Select(known => $"{model}.{known.Name}");
            throw new ArgumentException($"There is no action \"{action}\", but {string.Join(", ", known)}.");
        }
        return routes.Map(found, pattern, method ?? found.Method, ParametersOf(pattern, action, found));
    }

    private static string[] ParametersOf(string pattern, string name, BlueprintAction action)
    {
        var parameters = RoutePatternFactory.Parse(pattern).Parameters;
        foreach (var key in action.Keys)
        {
            if (!parameters.Any(parameter => parameter.Name == key && !parameter.IsOptional))
                throw new ArgumentException($"The path \"{pattern}\" lacks {{{key}}}, which {name} needs to know which record it is about.");
        }
        return [.. parameters.Select(parameter => parameter.Name).Except(BlueprintAction.AllKeys)];
    }
}
