using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints.Actions;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>The routes of one model (contract B-2).</summary>
internal sealed class BlueprintRoutes<TContext>(IEndpointRouteBuilder routes, ModelDescription model, BlueprintSetup setup)
    where TContext : DbContext
{
    public void Map()
    {
        var options = setup.Options;
        var all = $"{Slashed(options.Prefix)}{Slashed(options.RestPrefix)}/{model.Name}";
        var one = all + "/{id}";
        if (!options.Rest)
            return;
        Map("find", "Finds records.", Find.RunAsync, all, HttpMethods.Get);
        Map("findOne", "Gets a record.", FindOne.RunAsync, one, HttpMethods.Get);
        Map("create", "Creates a record, or each of a list.", Create.RunAsync, all, HttpMethods.Post);
        Map("update", "Changes a record.", Update.RunAsync, one, HttpMethods.Patch);
        Map("update by PUT", "Changes a record; use PATCH.", Update.RunAsync, one, HttpMethods.Put);
        Map("destroy", "Destroys a record.", Destroy.RunAsync, one, HttpMethods.Delete);
        routes.MapDelete(all, (HttpRequest request) => Destroy.WithoutId(request)).ExcludeFromDescription();
    }

    private void Map(string action, string summary, Func<BlueprintRequest, Task<IResult>> run, string route, string method)
    {
        var (name, described) = ($"{action} {model.Name}", summary);
        routes.MapMethods(route, [method], async (HttpContext http) =>
        {
            var context = http.RequestServices.GetRequiredService<TContext>();
            var body = await RequestBody.ReadAsync(http.Request, setup.Options.MaxBodyBytes);
            return await run(new BlueprintRequest(http, context, model, setup, body));
        }).WithName(name).WithSummary(described).WithTags(model.Name.Value);
    }

    private static string Slashed(string prefix) => prefix.Trim('/') is { Length: > 0 } inner ? $"/{inner}" : string.Empty;
}
