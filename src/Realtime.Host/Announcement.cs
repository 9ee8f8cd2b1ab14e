using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Realtime.Web;

namespace Realtime.Host;

/// <summary>Says where the service is, once it is there.</summary>
internal static partial class Announcement
{
    public static void AnnounceAddresses(this WebApplication app, bool demo) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "(no address)";
        if (demo)
            ListeningWithDemo(app.Logger, address, MapRealtimeExtensions.HubPath);
        else
            Listening(app.Logger, address, MapRealtimeExtensions.HubPath);
        var auth = app.Services.GetRequiredService<IOptions<RealtimeOptions>>().Value.Auth;
        if (app.Environment.IsDevelopment())
            OpenInDevelopment(app.Logger);
        else if (auth.ApiKeys.Count == 0)
            NoApiKey(app.Logger);
    });

    [LoggerMessage(1, LogLevel.Information, "Realtime is ready. Hub: {Address}{Hub}  API: {Address}/openapi/v1.json")]
    private static partial void Listening(ILogger logger, string address, string hub);

    [LoggerMessage(4, LogLevel.Information, "Realtime is ready. Demo: {Address}/  Hub: {Address}{Hub}  API: {Address}/openapi/v1.json")]
    private static partial void ListeningWithDemo(ILogger logger, string address, string hub);

    [LoggerMessage(2, LogLevel.Warning, "Development: the demo, anonymous clients, every origin and the API without a key are open. Elsewhere they are closed until they are configured.")]
    private static partial void OpenInDevelopment(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "No API key is configured, so /api is closed: set Realtime__Auth__ApiKeys__0.")]
    private static partial void NoApiKey(ILogger logger);
}
