using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Realtime.Web;

namespace Realtime.VirtualRequests;

/// <summary>An application with one route and the service in it, on a free port.</summary>
internal sealed class EchoApplication(WebApplication application, DirectoryInfo data) : IAsyncDisposable
{
    public Uri Url => new(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public static async Task<EchoApplication> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("realtime-bench-");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration["Realtime:Data"] = data.FullName;
        builder.Configuration["Realtime:Auth:AnonymousClients"] = "true";
        builder.Services.AddRealtime(builder.Configuration);
        var application = builder.Build();
        application.MapRealtime();
        application.MapPost("/album", (Album album) => album);
        await application.StartAsync();
        return new(application, data);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        data.Delete(recursive: true);
    }
}
