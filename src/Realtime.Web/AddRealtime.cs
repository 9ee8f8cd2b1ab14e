using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Realtime.Web.Api;
using Realtime.Web.Auth;
using Realtime.Web.Hosting;
using Realtime.Web.HttpSessions;
using Realtime.Web.Hubs;
using Realtime.Web.Hubs.Direct;
using Realtime.Web.Rooms;
using Realtime.Web.Sockets;
using Realtime.Web.Topics;
using Realtime.Web.Transport.Opening;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web;

/// <summary>Puts the service into an application.</summary>
public static class AddRealtimeExtensions
{
    /// <summary>
    /// Adds rooms, topics, the hub and the HTTP API, and runs this process as a node of the cluster. Map the endpoints with
    /// <see cref="MapRealtimeExtensions.MapRealtime"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's configuration; the section <c>Realtime</c> is read.</param>
    /// <param name="configure">Changes what was read.</param>
    public static IServiceCollection AddRealtime(
        this IServiceCollection services, IConfiguration configuration, Action<RealtimeOptions>? configure = null)
    {
        services.AddOptions<RealtimeOptions>()
            .Bind(configuration.GetSection(RealtimeOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RealtimeOptions>, RealtimeOptionsValidator>());

        // The node comes before the web server: nobody may connect before the actors live.
        services.AddRealtimeNode();
        services.AddSingleton<Drain>();
        services.AddHealthChecks().AddCheck<ClusterHealth>("cluster", tags: [HealthApi.ReadyTag]);
        services.AddHub();
        HandoverByDefault.AddTo(services);
        services.AddVirtualRequests();
        services.AddHttpSessions();
        services.AddGates();
        if (ClientTokens.AreConfigured(configuration))
            ClientTokens.Add(services);
        services.AddSingleton<Door>();
        services.AddHostedService<GoneSockets>();
        services.AddRooms();
        services.AddSingleton<ClientRooms>();
        services.TryAddSingleton<IRoomAuthorizer, ConfiguredRoomAuthorizer>();
        services.AddSingleton<ITopics, Topics.Topics>();
        services.AddSingleton<ClientTopics>();
        services.TryAddSingleton<ModelGates>();
        services.TryAddSingleton<ITopicAuthorizer, ConfiguredTopicAuthorizer>();
        return services;
    }

    /// <summary>What server code does with rooms and sockets, from this node for any other.</summary>
    internal static void AddRooms(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<SocketMetrics>();
        services.AddSingleton<SocketRouter>();
        services.AddSingleton<ISockets, Sockets.Sockets>();
        services.AddSingleton<RoomMembers>();
        services.AddSingleton<RoomDirectory>();
        services.AddSingleton<IRooms, Rooms.Rooms>();
    }

    private static void AddHub(this IServiceCollection services)
    {
        services.AddSignalR()
            .AddHubOptions<RealtimeHub>(static _ => { }) // else SignalR does not look at those below
            .AddMessagePackProtocol(messagePack => messagePack.SerializerOptions = AsJsonResolver.SerializerOptions);
        services.AddProtocols();
        services.AddSingleton<RefusalMetrics>();
        services.AddSingleton<HubParts>();
        services.AddSingleton<IHubActivator<RealtimeHub>, RealtimeHubActivator>();
        services.AddSingleton<CallFilter>();
        services.AddOptions<HubOptions<RealtimeHub>>().PostConfigure<IOptions<RealtimeOptions>, CallFilter>((hub, options, filter) =>
        {
            // As an object: one that SignalR has to look up for each call costs two more tasks.
            hub.AddFilter(filter);
            // JSON may double the data by escaping; names and braces come on top.
            var data = Math.Max(options.Value.Limits.PayloadBytes, options.Value.VirtualRequests.RequestBytes);
            hub.MaximumReceiveMessageSize = (data * 2) + (16 * 1024);
            hub.MaximumParallelInvocationsPerClient = options.Value.VirtualRequests.PerSocket + CallFilter.Waiting;
        });
        services.AddSingleton<DirectCalls>();
        services.AddSingleton<HelloWriter>();
        services.AddSingleton<HubLifetimeManager<RealtimeHub>, RealtimeHubLifetimeManager>();
    }

    private static void AddProtocols(this IServiceCollection services)
    {
        var registered = services.Last(static service => service.ServiceType == typeof(IHubProtocolResolver));
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver>(provider => new RealtimeHubProtocols(
            Decorated.Make<IHubProtocolResolver>(provider, registered), new(provider.GetRequiredService<DirectCalls>))));
    }

    private static void AddVirtualRequests(this IServiceCollection services)
    {
        services.AddSingleton<Pipeline>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Hearing>();
        services.AddSingleton<RememberedAnswers>();
        services.AddSingleton<Repeats>();
        services.AddSingleton<HubCalls>();
        services.AddTransient<IStartupFilter, PipelineFilter>();
        services.AddSingleton<IDeveloperPageExceptionFilter, NoStackOverSockets>();
    }

    private static void AddGates(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Realtime");
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>, SharedKeys>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<FirstKey>();
        services.AddSingleton<ResumeTokens>();
        services.AddSingleton<OriginGate>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, AllowedOrigins>();
        services.AddSingleton<IStartupFilter, ClientGate>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, ClientRequirementHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Server, policy => policy.AddAuthenticationSchemes(ApiKeyHandler.SchemeName).RequireAuthenticatedUser())
            .AddPolicy(Policies.Client, policy => policy.AddRequirements(new ClientRequirement()));
    }
}
