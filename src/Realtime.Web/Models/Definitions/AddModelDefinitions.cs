using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Realtime.Web.Blueprints;
using Realtime.Web.Hosting;
using Realtime.Web.Models.Definitions.Access;
using Realtime.Web.Models.Definitions.Reading;
using Realtime.Web.Models.Definitions.Schema;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Definitions;

/// <summary>Models without code: a folder of JSON files.</summary>
public static class AddModelDefinitionsExtensions
{
    /// <summary>
    /// Makes every file of a folder a model, as <see cref="AddRealtimeModelsExtensions.AddRealtimeModels"/> does for the classes of a context.
    /// Comes after <see cref="AddRealtimeExtensions.AddRealtime"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="folder">The folder of the definitions.</param>
    /// <exception cref="ModelDefinitionException">A definition is wrong.</exception>
    public static IServiceCollection AddModelDefinitions(this IServiceCollection services, string folder) =>
        services.AddModelDefinitions(new DefinedModels(DefinitionFolder.Read(folder)));

    /// <summary>Makes the tables fit the definitions, as far as it may, and gives the models their routes.</summary>
    /// <param name="app">The application.</param>
    /// <param name="configure">Changes the defaults of the blueprints.</param>
    /// <returns>All of the routes.</returns>
    /// <exception cref="ModelDefinitionException">The tables do not fit, or a route names no action.</exception>
    public static async Task<RouteGroupBuilder> MapModelDefinitionsAsync(this WebApplication app, Action<BlueprintOptions>? configure = null)
    {
        var (models, policies) = (app.Services.GetRequiredService<DefinedModels>(), app.Services.GetRequiredService<DefinedPolicies>());
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var settings = scope.ServiceProvider.GetRequiredService<IOptions<RealtimeOptions>>().Value.Models;
            var log = scope.ServiceProvider.GetRequiredService<ILogger<SchemaUpdate>>();
            await new SchemaUpdate(scope.ServiceProvider.GetRequiredService<DefinedContext>(), settings, app.Environment, log).RunAsync(app.Lifetime.ApplicationStopping);
        }
        var blueprints = app.MapBlueprints<DefinedContext>(options =>
        {
            foreach (var definition in models.Definitions)
                options.Policies[models.Types[definition.Name]] = policies.Of(definition);
            configure?.Invoke(options);
        });
        MapRoutes(blueprints, models);
        return blueprints;
    }

    internal static IServiceCollection AddModelDefinitions(this IServiceCollection services, DefinedModels models)
    {
        services.AddSingleton(models);
        services.AddSingleton<DefinedPolicies>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContext<DefinedContext>((provider, context) =>
        {
            DefinedStore.Use(context, provider.GetRequiredService<IOptions<RealtimeOptions>>().Value);
            context.ReplaceService<IModelCacheKeyFactory, DefinedModelKey>();
        });
        services.AddModels<DefinedContext>(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<RealtimeOptions>>().Value.Models;
            return new ModelsOptions
            {
                DecidesReaders = member => models.Find(member.DeclaringType.ClrType)?.Access?.Owner == member.Name,
                PopulatesCreated = model => models.Find(model.Name)?.PopulatesCreated ?? settings.PopulateCreated,
            };
        });
        if (services.LastOrDefault(service => service.ServiceType == typeof(ITopicAuthorizer)) is { } others)
        {
            services.Replace(ServiceDescriptor.Singleton<ITopicAuthorizer>(provider => new DefinedTopicAuthorizer(
                models, provider.GetRequiredService<DefinedPolicies>(), Decorated.Make<ITopicAuthorizer>(provider, others))));
        }
        return services;
    }

    private static void MapRoutes(RouteGroupBuilder blueprints, DefinedModels models)
    {
        var problems = new Problems();
        foreach (var (definition, route) in models.Definitions.SelectMany(definition => definition.Routes, (definition, route) => (definition, route)))
        {
            try
            {
                blueprints.MapBlueprint($"{definition.Name}.{route.Action}", route.Pattern, route.Method);
            }
            catch (ArgumentException wrong)
            {
                problems.Add(definition.File, null, $"the route \"{route}\": {wrong.Message}");
            }
        }
        if (problems.All.Count > 0)
            throw new ModelDefinitionException(problems.All);
    }
}
