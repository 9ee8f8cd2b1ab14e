using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Realtime.Web.Blueprints.Actions;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;
using Realtime.Web.Models.Changes;
using Realtime.Web.Topics;

namespace Realtime.Web.Blueprints;

/// <summary>Gives models their routes (contract chapter 3).</summary>
public static class MapBlueprintsExtensions
{
    /// <summary>
    /// Gives every model of a context find, findOne, create, update, destroy, populate, add, remove and replace as REST
    /// routes. The application's own routes win over them (B-4, B-7).
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>
    /// All of the routes, to require authorization or the like, and to <see cref="MapBlueprintExtensions.MapBlueprint"/> further ones. An endpoint
    /// filter may change what a request asks for before it is read (B-23); the endpoint's <see cref="BlueprintTarget"/> says which action it is.
    /// </returns>
    public static RouteGroupBuilder MapBlueprints<TContext>(this IEndpointRouteBuilder routes, Action<BlueprintOptions>? configure = null)
        where TContext : DbContext
    {
        var options = new BlueprintOptions();
        configure?.Invoke(options);
        var group = routes.MapGroup(string.Empty).AddEndpointFilter<RouteGroupBuilder, BlueprintErrors>();
        var (models, gates) = (RegistryOf<TContext>(routes.ServiceProvider), routes.ServiceProvider.GetRequiredService<ModelGates>());
        var setup = SetupOf<TContext>(routes.ServiceProvider, models, options);
        var mapped = routes.ServiceProvider.GetRequiredService<MappedBlueprints>();
        foreach (var model in models.Models)
        {
            var own = new BlueprintRoutes<TContext>(group, model, setup);
            own.Map();
            mapped.Add(group, model.Name, own);
            gates.Add(model.Name, new BlueprintGate<TContext>(model.Name, setup));
        }
        return group;
    }

    private static ModelRegistry RegistryOf<TContext>(IServiceProvider services)
        where TContext : DbContext
    {
        using var scope = services.CreateScope();
        return services.GetRequiredService<ModelContext<TContext>>().RegistryOf(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    private static BlueprintSetup SetupOf<TContext>(IServiceProvider services, ModelRegistry models, BlueprintOptions options)
        where TContext : DbContext
    {
        var criteria = new CriteriaOptions
        {
            DefaultLimit = options.DefaultLimit, MaxLimit = options.MaxLimit,
            IsHidden = models.IsHidden, NameOf = models.NameOf,
        };
        IModelPolicy fallback = services.GetRequiredService<IHostEnvironment>().IsDevelopment() ? new AllowAll() : new AllowNone();
        return new BlueprintSetup(options, criteria, services.GetRequiredService<ModelContext<TContext>>().Json,
            services.GetRequiredService<ChangeOrigins>(), services.GetRequiredService<ITopics>(), fallback);
    }
}
