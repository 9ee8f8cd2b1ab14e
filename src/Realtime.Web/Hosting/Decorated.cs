using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Hosting;

/// <summary>Makes a service that another one of the same type stands in front of.</summary>
internal static class Decorated
{
    /// <summary>The service that a registration would have made.</summary>
    public static T Make<T>(IServiceProvider provider, ServiceDescriptor registered) => (T)(
        registered.ImplementationInstance
        ?? registered.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
}
