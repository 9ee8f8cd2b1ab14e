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
internal sealed class BlueprintRoutes<TContext>(IEndpointRouteBuilder routes, ModelDescription model, BlueprintSetup setup)
    where TContext : DbContext
{
    // Behind all routes that the application maps by itself, which are of order 0 (contract B-4, B-7).
    private const int Order = 1;

    public void Map()
    {
        var options = setup.Options;
        var name = options.Pluralize ? options.PluralOf(model) : model.Name.Value;
        if (options.Shortcuts)
            MapShortcuts($"{Slashed(options.Prefix)}/{name}");
        if (options.Rest)
            MapRest($"{Slashed(options.Prefix)}{Slashed(options.RestPrefix)}/{name}");
    }

    private void MapRest(string all)
    {
        var one = all + "/{id}";
        Map("find", "Finds records.", Find.RunAsync, all, HttpMethods.Get, new(model, IsList: true, HasCriteria: true));
        Map("findOne", "Gets a record.", FindOne.RunAsync, one, HttpMethods.Get, new(model));
        Map("create", "Creates a record, or each of a list.", Create.RunAsync, all, HttpMethods.Post, new(model, Takes: RouteBody.New));
        Map("update", "Changes a record.", Update.RunAsync, one, HttpMethods.Patch, new(model, Takes: RouteBody.Changes));
        Map("put", "Changes a record as PATCH does, which is to be preferred.", Update.RunAsync, one, HttpMethods.Put, new(model, Takes: RouteBody.Changes));
        Map("destroy", "Destroys a record.", Destroy.RunAsync, one, HttpMethods.Delete, new(model));
        if (setup.Options.HasRoute(model, "destroy"))
            routes.MapDelete(all, (HttpRequest request) => Destroy.WithoutId(request)).ExcludeFromDescription().WithOrder(Order);
        foreach (var association in model.Associations)
        {
            var route = $"{all}/{{parentid}}/{association.Name}";
            Map($"{association.Name}.populate", "Gets what is associated.", Actions.Populate.RunAsync, association, route, HttpMethods.Get);
            if (!association.IsPlural)
                continue;
            Map($"{association.Name}.replace", "Makes some records, and no others, the members.", Replace.RunAsync, association, route, HttpMethods.Put, RouteBody.Keys);
            Map($"{association.Name}.add", "Adds a member.", Add.RunAsync, association, route + "/{childid}", HttpMethods.Put);
            Map($"{association.Name}.remove", "Removes a member.", Remove.RunAsync, association, route + "/{childid}", HttpMethods.Delete);
        }
    }

    // Contract B-3.
    private void MapShortcuts(string all)
    {
        Map("shortcut.find", "Finds records.", Find.RunAsync, all + "/find", HttpMethods.Get, new(model, IsList: true, HasCriteria: true));
        Map("shortcut.findOne", "Gets a record.", FindOne.RunAsync, all + "/find/{id}", HttpMethods.Get, new(model));
        Map("shortcut.create", "Creates a record.", Create.RunAsync, all + "/create", HttpMethods.Get, new(model));
        Map("shortcut.update", "Changes a record.", Update.RunAsync, all + "/update/{id}", HttpMethods.Get, new(model));
        Map("shortcut.destroy", "Destroys a record.", Destroy.RunAsync, all + "/destroy/{id}", HttpMethods.Get, new(model));
        foreach (var association in model.Associations)
        {
            var route = $"{all}/{{parentid}}/{association.Name}";
            if (!setup.Options.Rest)
                Map($"shortcut.{association.Name}.populate", "Gets what is associated.", Actions.Populate.RunAsync, association, route, HttpMethods.Get);
            if (!association.IsPlural)
                continue;
            Map($"shortcut.{association.Name}.add", "Adds a member.", Add.RunAsync, association, route + "/add/{childid}", HttpMethods.Get);
            Map($"shortcut.{association.Name}.remove", "Removes a member.", Remove.RunAsync, association, route + "/remove/{childid}", HttpMethods.Get);
            Map($"shortcut.{association.Name}.replace", "Replaces the members.", Replace.RunAsync, association, route + "/replace", HttpMethods.Get);
        }
    }

    private void Map(
        string action, string summary, Func<BlueprintRequest, AssociationDescription, Task<IResult>> run,
        AssociationDescription association, string route, string method, RouteBody takes = RouteBody.None)
    {
        var isRead = run == Actions.Populate.RunAsync;
        Map(action, summary, request => run(request, request.Model.FindAssociation(association.Name)!), route, method, new(
            isRead ? association.Target : model, IsList: isRead && association.IsPlural, takes, HasCriteria: isRead && association.IsPlural, association));
    }

    private void Map(
        string action, string summary, Func<BlueprintRequest, Task<IResult>> run, string route, string method, RouteDescription description)
    {
        if (!setup.Options.HasRoute(model, action))
            return;
        routes.MapMethods(route, [method], async (HttpContext http) =>
        {
            var context = http.RequestServices.GetRequiredService<TContext>();
            var body = await RequestBody.ReadAsync(http.Request, setup.Options.MaxBodyBytes);
            var models = http.RequestServices.GetRequiredService<ModelContext<TContext>>().RegistryOf(context);
            return await Racing.RunAsync(new BlueprintRequest(http, context, models, model.Name, setup, body), run);
        }).WithName($"{model.Name}.{action}").WithSummary(summary).WithTags(model.Name.Value)
            .AddOpenApiOperationTransformer((operation, context, cancellation) =>
                RouteOperation.CompleteAsync(description, model, setup.Json.Options, operation, context, cancellation))
            .WithOrder(Order);
    }

    private static string Slashed(string prefix) => prefix.Trim('/') is { Length: > 0 } inner ? $"/{inner}" : string.Empty;
}
