using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Actors.Names;
using Realtime.Web.Auth;
using Realtime.Web.Models.Definitions;
using Realtime.Web.Topics;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>An application that has nothing but a folder of definitions, behind a real server.</summary>
public sealed class DefinedApp : IAsyncDisposable
{
    private const string SocketHeader = "x-test-socket";
    private const string UserHeader = "x-test-user";

    private readonly WebApplication _app;

    private DefinedApp(WebApplication app) => _app = app;

    public FakeTopics Topics { get; private init; } = new();

    public HttpClient Http { get; } = new();

    public static async Task<DefinedApp> StartAsync(DefinedStore store, Migrate? migrate = null, string environment = "Development", string? apiKey = null,
        Action<RealtimeOptions>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var topics = new FakeTopics();
        builder.Services.AddSingleton<ITopics>(topics);
        builder.Services.AddAuthentication().AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        builder.Services.AddAuthorization();
        builder.Services.Configure<RealtimeOptions>(options =>
        {
            store.Use(options.Models);
            options.Models.Migrate = migrate;
            if (apiKey is not null)
                options.Auth.ApiKeys.Add(apiKey);
            configure?.Invoke(options);
        });
        var app = (WebApplication?)null;
        try
        {
            builder.Services.AddModelDefinitions(store.Definitions);
            app = builder.Build();
            app.Use((http, next) =>
            {
                if (http.Request.Headers.ContainsKey(SocketHeader))
                    http.Features.Set<ISocketFeature>(new OverSocket());
                if (http.Request.Headers.TryGetValue(UserHeader, out var user))
                    http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", user.ToString())], "test"));
                return next();
            });
            await app.MapModelDefinitionsAsync();
            await app.StartAsync();
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            throw;
        }
        var started = new DefinedApp(app) { Topics = topics };
        started.Http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return started;
    }

    public async Task<(int Status, JsonNode? Body)> SendAsync(
        string method, string url, string? json = null, bool overSocket = false, string? user = null, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (overSocket)
            request.Headers.Add(SocketHeader, "1");
        if (user is not null)
            request.Headers.Add(UserHeader, user);
        if (apiKey is not null)
            request.Headers.Add("X-Api-Key", apiKey);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true;
        return ((int)response.StatusCode, isJson ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<JsonNode> DoAsync(string method, string url, string? json = null)
    {
        var (status, body) = await SendAsync(method, url, json);
        Assert.True(status == 200, $"{method} {url}: {status} {body?.ToJsonString()}");
        return body!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class OverSocket : ISocketFeature
    {
        public SocketId Socket => LibraryApp.Ann;
    }
}
