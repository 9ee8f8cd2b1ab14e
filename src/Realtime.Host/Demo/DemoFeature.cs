using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Realtime.Web;
using Realtime.Web.Auth;
using Realtime.Web.Blueprints;
using Realtime.Web.Client;
using Realtime.Web.Models;

namespace Realtime.Host.Demo;

/// <summary>The demo: a page, and two models in an SQLite file of their own that everybody may change.</summary>
internal static class DemoFeature
{
    /// <summary>The rooms of the page's chat. Its script knows the prefix.</summary>
    private const string ChatRooms = "chat/*";

    private const string FileName = "demo.db";

    public static bool HasDemo(this IHostApplicationBuilder builder) =>
        builder.Configuration.GetSection(RealtimeOptions.Section).GetValue<bool?>(nameof(RealtimeOptions.Demo)) ?? builder.Environment.IsDevelopment();

    public static void AddDemo(this IServiceCollection services)
    {
        services.AddDbContext<DemoContext>((provider, context) => context.UseSqlite(ConnectionString(provider)));
        services.AddRealtimeModels<DemoContext>();
        services.AddSingleton<IModelPolicy, AllowAll>();
        // Behind the patterns of the configuration, which win.
        services.PostConfigure<RealtimeOptions>(options => options.Rooms.Patterns.Add(new() { Pattern = ChatRooms, Presence = true }));
    }

    public static async Task MapDemoAsync(this WebApplication app)
    {
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DemoContext>().Database.EnsureCreatedAsync();
        app.MapBlueprints<DemoContext>().RequireAuthorization(Policies.Client);
        app.MapRealtimeDemo();
    }

    private static string ConnectionString(IServiceProvider provider)
    {
        var folder = Directory.CreateDirectory(provider.GetRequiredService<IOptions<RealtimeOptions>>().Value.Data);
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, FileName) }.ToString();
    }
}
