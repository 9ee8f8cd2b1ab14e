using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Realtime.Web;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;

namespace Realtime.Finds;

/// <summary>An application with a thousand records of one model, and the service in it, on a free port.</summary>
internal sealed class CatalogueApplication(WebApplication application, DirectoryInfo data) : IAsyncDisposable
{
    public const int Records = 1000;

    public Uri Hub => new(
        new Uri(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()),
        MapRealtimeExtensions.HubPath);

    public static async Task<CatalogueApplication> StartAsync(int partitions)
    {
        var data = Directory.CreateTempSubdirectory("realtime-bench-");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration["Realtime:Data"] = data.FullName;
        builder.Configuration["Realtime:Auth:AnonymousClients"] = "true";
        builder.Configuration["Realtime:Topics:Partitions"] = $"{partitions}";
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddDbContext<Catalogue>(context => context.UseSqlite($"Data Source={Path.Combine(data.FullName, "catalogue.db")}"));
        builder.Services.AddRealtimeModels<Catalogue>(models => models.Outbox.Publishes = false);
        var application = builder.Build();
        await using (var scope = application.Services.CreateAsyncScope())
        {
            var catalogue = scope.ServiceProvider.GetRequiredService<Catalogue>();
            await catalogue.Database.EnsureCreatedAsync();
            catalogue.AddRange(Enumerable.Range(1, Records).Select(i => new Product { Name = $"product {i}" }));
            await catalogue.SaveChangesAsync();
        }
        application.MapRealtime();
        application.MapBlueprints<Catalogue>(blueprints => blueprints.Policy = new AllowAll());
        await application.StartAsync();
        return new(application, data);
    }

    /// <summary>How many rows the journal has had so far, those that were deleted since among them.</summary>
    public long RowsWritten()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "realtime.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(ordering), 0) FROM journal";
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        SqliteConnection.ClearAllPools();
        data.Delete(recursive: true);
    }
}
