using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Actors.Names;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;
using Realtime.Web.Topics;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.Models;

/// <summary>An application with a library and its blueprints, behind a real server.</summary>
public sealed class LibraryApp : IAsyncDisposable
{
    /// <summary>The socket that requests come over if they say so.</summary>
    public static readonly SocketId Ann = SocketId.New(new NodeId(1));

    private const string SocketHeader = "x-test-socket";

    private readonly WebApplication _app;

    private LibraryApp(WebApplication app) => _app = app;

    public FakeTopics Topics { get; private init; } = new();

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<LibraryApp> StartAsync(
        LibraryStore store, Action<ModelsOptions>? models = null, Action<BlueprintOptions>? blueprints = null,
        FakeTopics? topics = null, string environment = "Development", Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication, RouteGroupBuilder>? routes = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var published = topics ?? new FakeTopics();
        builder.Services.AddSingleton<ITopics>(published);
        builder.Services.AddDbContext<Library>(store.Use);
        builder.Services.AddRealtimeModels<Library>(options =>
        {
            // One at a time, so that specs see one order.
            options.Outbox.Concurrency = 1;
            options.Outbox.RetryAfter = TimeSpan.FromMilliseconds(5);
            models?.Invoke(options);
        });
        builder.Services.AddOpenApi();
        configure?.Invoke(builder);
        var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Library>().Database.EnsureCreatedAsync();
        app.Use((http, next) =>
        {
            if (http.Request.Headers.ContainsKey(SocketHeader))
                http.Features.Set<ISocketFeature>(new OverSocket());
            return next();
        });
        var group = app.MapBlueprints<Library>(blueprints);
        routes?.Invoke(app, group);
        app.MapOpenApi();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var started = new LibraryApp(app) { Topics = published };
        started.Http.BaseAddress = new Uri(address);
        return started;
    }

    /// <summary>Does something with the context, as an application's own code.</summary>
    public async Task<T> WithAsync<T>(Func<Library, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Library>());
    }

    public Task SaveAsync(Func<Library, Task> change) => WithAsync(async library =>
    {
        await change(library);
        return await library.SaveChangesAsync();
    });

    /// <summary>Saves records without a word about them in <see cref="Topics"/>.</summary>
    public async Task<T> GivenAsync<T>(T record)
        where T : class
    {
        var before = Topics.Published.Count;
        await WithAsync(async library =>
        {
            library.Add(record);
            return await library.SaveChangesAsync();
        });
        await Topics.EventsAsync(before + 1);
        return record;
    }

    public async Task<(int Status, JsonNode? Body)> SendAsync(string method, string url, string? json = null, bool overSocket = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (overSocket)
            request.Headers.Add(SocketHeader, "1");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true;
        return ((int)response.StatusCode, isJson ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class OverSocket : ISocketFeature
    {
        public SocketId Socket => Ann;
    }
}
