using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Transport.Opening;

/// <summary>
/// Has Kestrel hand its connections over to hubs. It comes before the application's own settings: an application that sets defaults
/// for its endpoints replaces this one, and may put it back by <see cref="HubConnectionsExtensions.UseHubConnections"/>.
/// </summary>
internal sealed class HandoverByDefault : IConfigureOptions<KestrelServerOptions>
{
    /// <summary>Puts it in front of all other settings of Kestrel, once.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (services.All(service => service.ImplementationType != typeof(HandoverByDefault)))
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, HandoverByDefault>());
    }

    public void Configure(KestrelServerOptions options) => options.ConfigureEndpointDefaults(endpoint => endpoint.UseHubConnections());
}
