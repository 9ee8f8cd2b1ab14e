using FromGroups;
using Realtime.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRealtime(builder.Configuration);    // in place of AddSignalR() and of its Redis backplane
builder.Services.AddSingleton<Announcer>();

var app = builder.Build();
app.MapRealtime();                                      // in place of MapHub<ChatHub>("/chat")
app.MapChat();
app.MapPost("/close/{room}", (string room, Announcer announcer) => announcer.AnnounceAsync(room));
app.Run();
