using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Realtime.Web.Hosting;

/// <summary>Lets a process end behind a load balancer without anybody meeting a closed port.</summary>
public static class AddRealtimeDrainExtensions
{
    /// <summary>
    /// Makes signals that end the process (Ctrl-C, SIGTERM) turn <c>/health/ready</c> to 503 first, and stop the host after
    /// <see cref="RealtimeOptions.DrainDelay"/>. It takes the place of the host's own lifetime, so an application that has another
    /// one (a Windows service, say) does without.
    /// </summary>
    /// <param name="services">The services of an application that has called <see cref="AddRealtimeExtensions.AddRealtime"/>.</param>
    public static IServiceCollection AddRealtimeDrain(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, DrainLifetime>());
}
