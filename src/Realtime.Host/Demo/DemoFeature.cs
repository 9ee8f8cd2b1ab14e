using Realtime.Web;
using Realtime.Web.Client;

namespace Realtime.Host.Demo;

/// <summary>The demo: a page. Where no other folder of models is configured, the models that the page shows come with it.</summary>
internal static class DemoFeature
{
    /// <summary>The rooms of the page's chat. Its script knows the prefix.</summary>
    private const string ChatRooms = "chat/*";

    public static bool HasDemo(this IHostApplicationBuilder builder) =>
        builder.Configuration.GetSection(RealtimeOptions.Section).GetValue<bool?>(nameof(RealtimeOptions.Demo)) ?? builder.Environment.IsDevelopment();

    // Behind the patterns of the configuration, which win.
    public static void AddDemo(this IServiceCollection services) =>
        services.PostConfigure<RealtimeOptions>(options => options.Rooms.Patterns.Add(new() { Pattern = ChatRooms, Presence = true }));

    public static void MapDemo(this WebApplication app) => app.MapRealtimeDemo();
}
