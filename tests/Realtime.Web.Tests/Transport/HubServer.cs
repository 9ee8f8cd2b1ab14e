using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Opening;

namespace Realtime.Web.Tests.Transport;

/// <summary>A real server on a free port: the same hub at <c>/fast</c>, at <c>/piped</c> without touching the socket, at
/// <c>/streamed</c> within its request as well, and by the stock transport at <c>/stock</c>.</summary>
public sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private HubServer(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    public IServiceProvider Services => _app.Services;

    public Observed Observed => _app.Services.GetRequiredService<Observed>();

    public IHubContext<ProbeHub> Hub => _app.Services.GetRequiredService<IHubContext<ProbeHub>>();

    /// <summary>The port of the plain endpoint.</summary>
    public int Port => Address("http").Port;

    public static async Task<HubServer> StartAsync(
        Action<FastTransportOptions>? fast = null, Action<HubOptions>? hub = null, Action<WebApplicationBuilder>? more = null, bool tlsHandsOver = false)
    {
        var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<Observed>();
        builder.Services.AddScoped<ScopedService>();
        builder.Services.AddSignalR(options => hub?.Invoke(options)).AddMessagePackProtocol();
        builder.Services.AddAuthentication(NamedUsers.Scheme).AddScheme<AuthenticationSchemeOptions, NamedUsers>(NamedUsers.Scheme, null);
        builder.Services.AddAuthorization();
        HandoverByDefault.AddTo(builder.Services);
        more?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.UseHttps(certificate);
                if (tlsHandsOver)
                    listen.UseHubConnections();
            });
        });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRealtimeHub<ProbeHub>("/fast", fast);
        app.MapRealtimeHub<ProbeHub>("/piped", options =>
        {
            fast?.Invoke(options);
            options.WritesToSocket = false;
        });
        app.MapRealtimeHub<ProbeHub>("/streamed", options =>
        {
            fast?.Invoke(options);
            (options.WritesToSocket, options.OutlivesRequest) = (false, false);
        });
        app.MapHub<ProbeHub>("/stock");
        app.MapRealtimeHub<ProbeHub>("/fast/of/{tenant}", fast);
        app.MapHub<ProbeHub>("/stock/of/{tenant}");
        app.MapRealtimeHub<GuardedHub>("/guarded", fast);
        await app.StartAsync();
        return new HubServer(app, certificate);
    }

    public Uri Url(string path, string scheme = "http") => new(Address(scheme), path);

    /// <summary>A stock client, not connected yet.</summary>
    public HubConnection Client(
        string protocol = "json",
        bool negotiates = true,
        HttpTransportType transports = HttpTransportType.WebSockets,
        string path = "/fast",
        string scheme = "http",
        Action<HttpConnectionOptions>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(Url(path, scheme), options =>
        {
            options.Transports = transports;
            options.SkipNegotiation = !negotiates;
            options.HttpMessageHandlerFactory = handler =>
            {
                ((HttpClientHandler)handler).ServerCertificateCustomValidationCallback = (_, certificate, _, _) => _certificate.Equals(certificate);
                return handler;
            };
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, certificate, _, _) => _certificate.Equals(certificate);
            configure?.Invoke(options);
        });
        if (protocol == "messagepack")
        {
            builder.AddMessagePackProtocol();
        }

        return builder.Build();
    }

    public async Task StopAsync() => await _app.StopAsync().WaitAsync(Limits.Patience);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Uri Address(string scheme) => _app.Services.GetRequiredService<IServer>().Features
        .GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)).Single(uri => uri.Scheme == scheme);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Takes the name in the query for the user.</summary>
    private sealed class NamedUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "Named";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Request.Query["user"].ToString();
            if (name.Length == 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme);
            var properties = new AuthenticationProperties();
            if (int.TryParse(Request.Query["seconds"], out var seconds))
            {
                properties.ExpiresUtc = DateTimeOffset.UtcNow.AddSeconds(seconds);
            }

            return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), properties, Scheme)));
        }
    }
}
