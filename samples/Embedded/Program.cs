using Embedded;
using Microsoft.EntityFrameworkCore;
using Realtime.Actors.Names;
using Realtime.Web;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;
using Realtime.Web.Rooms;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRealtime(builder.Configuration);
builder.Services.AddDbContext<Shop>(db => db.UseSqlite("Data Source=shop.db"));
builder.Services.AddRealtimeModels<Shop>();

var app = builder.Build();
using (var scope = app.Services.CreateScope())
    scope.ServiceProvider.GetRequiredService<Shop>().Database.EnsureCreated();
app.MapRealtime();            // the hub at /realtime, the HTTP API at /api
app.MapBlueprints<Shop>();    // GET, POST, PATCH, DELETE /order; sockets that watch "order" hear of every change
app.MapPost("/hello/{name}", (string name, IRooms rooms) =>
    rooms.BroadcastAsync(RoomName.Parse("funSockets"), EventName.Parse("hello"), $"Hello, {name}!"));
app.Run();
