using Microsoft.Extensions.Options;
using Realtime.Host;
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

var app = builder.Build();
app.MapRealtime();
app.MapRealtimeClient();
if (app.Services.GetRequiredService<IOptions<RealtimeOptions>>().Value.Demo ?? app.Environment.IsDevelopment())
    app.MapRealtimeDemo();
app.MapOpenApi();
app.AnnounceAddresses();
app.Run();
