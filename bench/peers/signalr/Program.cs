using Realtime.Bench.Peers;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

var signalR = builder.Services.AddSignalR().AddMessagePackProtocol();
if (builder.Configuration["redis"] is { } redis)
    signalR.AddStackExchangeRedis(redis);

var app = builder.Build();
app.MapHub<FanOutHub>("/realtime");
await app.RunAsync();
