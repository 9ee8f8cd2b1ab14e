using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Hosting;

namespace Realtime.Web.HttpSessions;

/// <summary>What the service does with the HTTP sessions of an application that has them.</summary>
internal static class AddHttpSessionsExtensions
{
    /// <summary>Stands in front of the application's store, whether <c>AddSession</c> came before or comes after.</summary>
    public static void AddHttpSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionWrites>();
        services.AddSingleton<SessionTurns>();
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(ISessionStore))
            // What AddSession registers, unless it finds one.
            ?? ServiceDescriptor.Transient<ISessionStore, DistributedSessionStore>();
        services.Remove(registered);
        services.Add(new ServiceDescriptor(
            typeof(ISessionStore),
            provider => new MergingSessionStore(Decorated.Make<ISessionStore>(provider, registered), provider.GetRequiredService<SessionWrites>()),
            registered.Lifetime));
    }
}
