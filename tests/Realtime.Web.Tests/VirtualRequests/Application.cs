using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.HttpSessions;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>An application as somebody might write it: middleware, routes and controllers of its own, and the service in it.</summary>
public class Application : IAsyncLifetime, IDisposable
{
    public const int PerSocket = 4;
    public const int RequestBytes = 100_000;
    public const int ResponseBytes = 200_000;

    private readonly TempFolder _data = new();
    private WebApplication? _app;

    /// <summary>What the handlers tell the test, and wait for.</summary>
    public Signals Signals { get; } = new();

    /// <summary>Where handlers wait, those of one test apart from those of another.</summary>
    public Gates Gates { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app!.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    protected virtual string Environment => "Production";

    protected virtual int RequestsPerSocket => PerSocket;

    protected virtual bool SessionTurns => true;

    protected virtual TimeSpan AnswerWithin => TimeSpan.FromMinutes(1);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environment });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Realtime:Data"] = _data.Path,
            ["Realtime:Auth:AnonymousClients"] = "true",
            ["Realtime:Rooms:Publish"] = "Clients",
            ["Realtime:Auth:AllowedOrigins:0"] = "https://pages.example",
            ["Realtime:VirtualRequests:PerSocket"] = $"{RequestsPerSocket}",
            ["Realtime:VirtualRequests:SessionTurns"] = $"{SessionTurns}",
            ["Realtime:VirtualRequests:RequestBytes"] = $"{RequestBytes}",
            ["Realtime:VirtualRequests:ResponseBytes"] = $"{ResponseBytes}",
            ["Realtime:VirtualRequests:AnswerWithin"] = $"{AnswerWithin}",
            ["Realtime:VirtualRequests:ProxyHeaders:0"] = "X-Client-Cert",
        });
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddSingleton(Signals);
        builder.Services.AddSingleton(Gates);
        builder.Services.AddScoped<Scoped>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddDistributedMemoryCache();
        builder.Services.AddSession();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.HeaderName = "x-csrf-token");
        builder.Services.AddCors(cors => cors.AddPolicy("nobody", policy => policy.WithOrigins("https://nobody.example")));
        builder.Services.AddResponseCompression();
        builder.Services.AddControllers().AddApplicationPart(typeof(PetsController).Assembly);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
            cookie.Events.OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            });

        _app = builder.Build();
        _app.UseResponseCompression();
        _app.Use((context, next) =>
        {
            context.Response.Headers["X-Middleware"] = "ran";
            return next();
        });
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.UseSession();
        _app.UseCors();
        _app.MapRealtime();
        _app.MapControllers();
        Routes.Map(_app);
        SessionRoutes.Map(_app);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        Signals.Release();
        Gates.OpenAll();
        await _app!.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A stock client, connected.</summary>
    public async Task<HubConnection> ConnectAsync(bool messagePack = false, Action<HttpConnectionOptions>? configure = null, string query = "")
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(Url, $"/realtime{query}"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            configure?.Invoke(options);
        });
        if (messagePack)
            builder.AddMessagePackProtocol();
        var client = builder.Build();
        await client.StartAsync();
        return client;
    }
}

/// <summary>The same, in a hurry.</summary>
public sealed class HurriedApplication : Application
{
    protected override TimeSpan AnswerWithin => TimeSpan.FromMilliseconds(200);
}

/// <summary>The same, on a developer's machine.</summary>
public sealed class ApplicationInDevelopment : Application
{
    protected override string Environment => "Development";
}

/// <summary>What handlers tell the test, and wait for.</summary>
public sealed class Signals : IDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the test wants it to.</summary>
    public Task Released => _released.Task;

    /// <summary>Handlers that have begun to wait.</summary>
    public SemaphoreSlim Waiting { get; } = new(0);

    /// <summary>Handlers that were told to stop.</summary>
    public SemaphoreSlim Stopped { get; } = new(0);

    /// <summary>Scopes that have ended.</summary>
    public SemaphoreSlim ScopesEnded { get; } = new(0);

    /// <summary>Requests that a fire-and-forget route has seen.</summary>
    public SemaphoreSlim Seen { get; } = new(0);

    public void Release() => _released.TrySetResult();

    public void Dispose()
    {
        Waiting.Dispose();
        Stopped.Dispose();
        ScopesEnded.Dispose();
        Seen.Dispose();
    }
}

/// <summary>A service of one request.</summary>
public sealed class Scoped(Signals signals) : IDisposable
{
    public Guid Id { get; } = Guid.NewGuid();

    public void Dispose() => signals.ScopesEnded.Release();
}

public sealed record Pet(string Name, int Age);

[ApiController, Route("pets")]
public sealed class PetsController : ControllerBase
{
    [HttpPost]
    public IActionResult Create(Pet pet) => Created($"/pets/{pet.Name}", pet);

    [HttpGet("socket")]
    public ActionResult<string> Socket(RealtimeSocket socket) => socket.Id.Value;

    [HttpGet("maybe")]
    public ActionResult<string> Maybe(RealtimeSocket? socket) => socket is null ? "none" : "one";
}

/// <summary>The routes of the application.</summary>
internal static class Routes
{
    public static void Map(WebApplication app)
    {
        app.MapMethods("/echo/{**rest}", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], (Delegate)EchoAsync);
        app.MapMethods("/head", ["HEAD", "GET"], () => "a body that HEAD has not");
        app.MapPost("/typed", (Pet pet) => pet with { Age = pet.Age + 1 });
        app.MapDelete("/typed", ([FromBody] Pet pet) => pet.Name);
        app.MapPost("/form", ([FromForm] string name) => name).DisableAntiforgery();
        app.MapGet("/value/{kind}", Value);
        app.MapGet("/socket", (RealtimeSocket socket) => socket.Id.Value);
        app.MapGet("/redirect", () => Results.Redirect("/elsewhere"));
        app.MapGet("/boom", Boom);
        app.MapGet("/filtered", () => "inner").AddEndpointFilter(async (context, next) => $"outer of {await next(context)}");
        app.MapGet("/scoped", (Scoped one, IServiceProvider services) => ReferenceEquals(one, services.GetRequiredService<Scoped>()));
        app.MapGet("/accessor", (HttpContext context, IHttpContextAccessor accessor) => ReferenceEquals(context, accessor.HttpContext));
        app.MapGet("/wait", async (Signals signals) => { signals.Waiting.Release(); await signals.Released; return "waited"; });
        app.MapGet("/quick", () => "quick");
        app.MapPost("/seen", (Signals signals) => { signals.Seen.Release(); });
        app.MapGet("/until-stopped", UntilStoppedAsync);
        app.MapGet("/big/{bytes:int}", (int bytes) => new string('x', bytes));
        app.MapGet("/endless", EndlessAsync);
        app.MapGet("/events", (CancellationToken stop) => TypedResults.ServerSentEvents(EventsAsync(stop)));
        app.MapGet("/upgrade", async (HttpContext context) => await context.WebSockets.AcceptWebSocketAsync());
        app.MapPost("/say/{room}/{times:int}", SayAsync);
        app.MapPost("/whisper", WhisperAsync);
        app.MapPost("/number/{room}/{number:int}", (string room, int number, IRooms rooms) => rooms.BroadcastAsync(RoomName.Parse(room), EventName.Parse("number"), number));
        app.MapPost("/login/{name}", (string name) => Results.SignIn(new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "test"))));
        app.MapPost("/logout", () => Results.SignOut());
        app.MapGet("/me", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
        app.MapGet("/secret", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapGet("/csrf", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        app.MapPost("/guarded", () => "spent").AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
                ? await next(context)
                : Results.Text("Forbidden", statusCode: 403));
        app.MapGet("/cors", () => "read").RequireCors("nobody");
    }

    private static async Task<object> EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return new
        {
            context.Request.Method,
            Path = context.Request.Path.Value,
            Query = context.Request.QueryString.Value,
            context.Request.Scheme,
            Host = context.Request.Host.Value,
            Remote = context.Connection.RemoteIpAddress?.ToString(),
            Headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            Body = await reader.ReadToEndAsync(),
            OverSocket = context.Features.Get<ISocketFeature>() is not null,
        };
    }

    private static IResult Value(string kind, HttpContext context)
    {
        context.Response.Headers["X-Kind"] = kind;
        context.Response.Cookies.Append("kind", kind);
        return kind switch
        {
            "object" => Results.Json(new { a = 1 }),
            "array" => Results.Json(new[] { 1, 2 }),
            "string" => Results.Json("text"),
            "number" => Results.Json(4.5),
            "null" => Results.Text("null", "application/json"),
            "text" => Results.Text("bare"),
            "nothing" => Results.NoContent(),
            "broken" => Results.Text("{\"a\":", "application/json"),
            "bytes" => Results.Bytes([0, 255, 1]),
            "latin" => Results.Bytes(Encoding.Latin1.GetBytes("é"), "text/plain; charset=iso-8859-1"),
            _ => Results.NotFound(),
        };
    }

    private static string Boom(Signals signals) => throw new InvalidOperationException($"A secret of {signals.GetType().Name}.");

    private static async Task UntilStoppedAsync(HttpContext context, Signals signals)
    {
        signals.Waiting.Release();
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            signals.Stopped.Release();
            throw;
        }
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        while (true)
            await context.Response.WriteAsync("more and more ", context.RequestAborted);
    }

    private static async IAsyncEnumerable<string> EventsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            yield return "tick";
            await Task.Delay(Timeout.Infinite, stop);
        }
    }

    private static async Task<string> SayAsync(string room, int times, IRooms rooms)
    {
        for (var i = 0; i < times; i++)
            await rooms.BroadcastAsync(RoomName.Parse(room), EventName.Parse("news"), i);
        return "said";
    }

    private static async Task<string> WhisperAsync(RealtimeSocket socket, IRooms rooms)
    {
        await rooms.BroadcastAsync(RoomName.Parse(socket.Id.Value), EventName.Parse("news"), 1);
        return "whispered";
    }
}
