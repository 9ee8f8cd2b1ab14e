using Microsoft.Extensions.Options;
using Realtime.Host;
using Realtime.Host.Demo;
using Realtime.Web;
using Realtime.Web.Client;
using Realtime.Web.Hosting;
using Realtime.Web.Models.Definitions;

if (args is ["health", ..])
    return await HealthProbe.RunAsync(args[1..]);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // The settings lie beside the program, wherever it is started from.
    ContentRootPath = AppContext.BaseDirectory,
});
try
{
    builder.Services.AddRealtime(builder.Configuration);
    builder.Services.AddRealtimeDrain();
    builder.Services.AddOpenApi();
    builder.AddTelemetry();
    if (builder.HasDemo())
        builder.Services.AddDemo();
    var models = builder.ModelFolder();
    if (models is not null)
        builder.Services.AddModelDefinitions(models);

    var app = builder.Build();
    app.MapRealtime();
    app.MapRealtimeClient();
    app.MapOpenApi();
    app.MapTelemetry();
    if (builder.HasDemo())
        app.MapDemo();
    if (models is not null)
        await app.MapModelsAsync();
    app.AnnounceAddresses(builder.HasDemo());
    await app.RunToTheEndAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    await Console.Error.WriteLineAsync($"The configuration cannot be used, so the service does not start.{Environment.NewLine}{wrong.Message}");
    return 1;
}
catch (ModelDefinitionException wrong)
{
    await Console.Error.WriteLineAsync($"The models cannot be used, so the service does not start.{Environment.NewLine}{wrong.Message}");
    return 1;
}
