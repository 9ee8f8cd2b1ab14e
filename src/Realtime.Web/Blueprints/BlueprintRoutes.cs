using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints.Actions;
using Realtime.Web.Blueprints.Describing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>The routes of one model (contract B-2).</summary>
internal sealed class BlueprintRoutes<TContext>(IEndpointRouteBuilder routes, ModelDescription model, BlueprintSetup setup) : IBlueprintRoutes
    where TContext : DbContext
{
    // Behind all routes that the application maps by itself, which are of order 0 (contract B-4, B-7).
    private const int Order = 1;

    private readonly BlueprintAction[] _actions = [.. BlueprintAction.Of(model)];

    public IReadOnlyList<BlueprintAction> Actions => _actions;

    public void Map()
    {
        var options = setup.Options;
        var name = options.Pluralize ? options.PluralOf(model) : model.Name.Value;
        if (options.Shortcuts)
            MapShortcuts($"{Slashed(options.Prefix)}/{name}");
        if (options.Rest)
            MapRest($"{Slashed(options.Prefix)}{Slashed(options.RestPrefix)}/{name}");
    }

    public RouteHandlerBuilder Map(BlueprintAction action, string pattern, string method, IReadOnlyList<string> parameters) =>
        routes.MapMethods(pattern, [method], async (HttpContext http) =>
        {
            var context = http.RequestServices.GetRequiredService<TContext>();
            var body = await RequestBody.ReadAsync(http.Request, setup.Options.MaxBodyBytes);
            var models = http.RequestServices.GetRequiredService<ModelContext<TContext>>().RegistryOf(context);
            return await Racing.RunAsync(new BlueprintRequest(http, context, models, model.Name, setup, body) { PathParameters = parameters }, action.RunAsync);
        }).WithSummary(action.Summary).WithTags(model.Name.Value).WithMetadata(new BlueprintTarget(model.Name, action.Name))
            .AddOpenApiOperationTransformer((operation, context, cancellation) =>
                RouteOperation.CompleteAsync(action, model, parameters, setup.Json.Options, operation, context, cancellation));

    private void MapRest(string all)
    {
        foreach (var action in _actions)
        {
            Map(action.Name, action, all + action.Path, action.Method);
            if (action.Kind == "update")
                Map("put", action with { Summary = "Changes a record as PATCH does, which is to be preferred." }, all + action.Path, HttpMethods.Put);
        }
        if (setup.Options.HasRoute(model, "destroy"))
            routes.MapDelete(all, (HttpRequest request) => Destroy.WithoutId(request)).ExcludeFromDescription().WithOrder(Order);
    }

    // Contract B-3.
    private void MapShortcuts(string all)
    {
        foreach (var action in _actions)
        {
            if (ShortcutOf(action) is { } path)
            {
                var name = action.Describes.Association is { } association ? $"shortcut.{association.Name}.{action.Kind}" : $"shortcut.{action.Kind}";
                Map(name, action with { Describes = action.Describes with { Takes = RouteBody.None } }, all + path, HttpMethods.Get);
            }
        }
    }

    private string? ShortcutOf(BlueprintAction action) => action.Kind switch
    {
        "populate" => setup.Options.Rest ? null : action.Path,
        "add" or "remove" => $"/{{parentid}}/{action.Describes.Association!.Name}/{action.Kind}/{{childid}}",
        "replace" => $"{action.Path}/replace",
        "findOne" => "/find/{id}",
        _ => $"/{action.Kind}{action.Path}",
    };

    private void Map(string name, BlueprintAction action, string route, string method)
    {
        if (setup.Options.HasRoute(model, name))
            Map(action, route, method, []).WithName($"{model.Name}.{name}").WithOrder(Order);
    }

    private static string Slashed(string prefix) => prefix.Trim('/') is { Length: > 0 } inner ? $"/{inner}" : string.Empty;
}
