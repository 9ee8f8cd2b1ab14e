using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Realtime.Web.Blueprints;
using Realtime.Web.Models.Changes;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Models.Publishing;
using Realtime.Web.Topics;

namespace Realtime.Web.Models;

/// <summary>Makes the entities of an EF Core context models: what is saved becomes events.</summary>
public static class AddRealtimeModelsExtensions
{
    /// <summary>
    /// Lets every <c>SaveChanges</c> of <typeparamref name="TContext"/> tell the sockets that care, whoever calls it. The
    /// context is registered as ever, with <c>AddDbContext</c>, before or after. It gets one more table, the outbox, in
    /// <c>EnsureCreated</c> and in migrations. Changes that pass by the change tracker (<c>ExecuteUpdate</c>,
    /// <c>ExecuteDelete</c>, SQL) are not seen.
    /// </summary>
    /// <param name="services">The application's services; <see cref="Topics.ITopics"/> must be among them.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static IServiceCollection AddRealtimeModels<TContext>(this IServiceCollection services, Action<ModelsOptions>? configure = null)
        where TContext : DbContext
    {
        var options = new ModelsOptions();
        configure?.Invoke(options);
        return services.AddModels<TContext>(_ => options);
    }

    internal static IServiceCollection AddModels<TContext>(this IServiceCollection services, Func<IServiceProvider, ModelsOptions> options)
        where TContext : DbContext
    {
        services.AddSingleton(provider => new ModelContext<TContext>(options(provider)));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChangeOrigins>();
        services.TryAddSingleton<ModelGates>();
        services.TryAddSingleton<MappedBlueprints>();
        services.TryAddSingleton<OutboxMetrics>();
        services.AddSingleton<OutboxSignal<TContext>>();
        services.AddSingleton<ChangeInterceptor<TContext>>();
        services.AddSingleton<Announcer<TContext>>();
        services.AddHostedService<OutboxDispatcher<TContext>>();
        services.ConfigureDbContext<TContext>((provider, context) =>
        {
            context.AddInterceptors(provider.GetRequiredService<ChangeInterceptor<TContext>>());
            ((IDbContextOptionsBuilderInfrastructure)context).AddOrUpdateExtension(new OutboxExtension(provider.GetRequiredService<ModelContext<TContext>>().Options.Outbox.Table));
        });
        foreach (var entity in EntitiesOf(typeof(TContext)))
        {
            services.TryAddScoped(typeof(IModelRepository<>).MakeGenericType(entity),
                typeof(EfModelRepository<,>).MakeGenericType(typeof(TContext), entity));
            services.TryAddSingleton(typeof(ITopic<>).MakeGenericType(entity), typeof(EfTopic<,>).MakeGenericType(typeof(TContext), entity));
        }
        return services;
    }

    // The model itself is known only when the context is; its sets are declared in the class.
    private static IEnumerable<Type> EntitiesOf(Type context) => context.GetProperties()
        .Select(property => property.PropertyType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbSet<>) && !type.GenericTypeArguments[0].IsGenericType)
        .Select(type => type.GenericTypeArguments[0]);
}
