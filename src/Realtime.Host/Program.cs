using Realtime.Host;
using Realtime.Host.Demo;
using Realtime.Web;
using Realtime.Web.Client;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // The settings lie beside the program, wherever it is started from.
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddRealtime(builder.Configuration);
builder.Services.AddOpenApi();
if (builder.HasDemo())
    builder.Services.AddDemo();

var app = builder.Build();
app.MapRealtime();
app.MapRealtimeClient();
app.MapOpenApi();
if (builder.HasDemo())
    await app.MapDemoAsync();
app.AnnounceAddresses();
app.Run();
