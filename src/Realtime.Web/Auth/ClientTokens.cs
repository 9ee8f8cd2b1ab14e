using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Realtime.Web.Auth;

/// <summary>
/// Knows clients by a bearer token (JWT), where <c>Realtime:Auth:Jwt</c> is configured. Over WebSockets it comes in the query, as
/// SignalR's clients send it. The claim <c>sub</c> is the client's user identifier.
/// </summary>
internal static class ClientTokens
{
    private const string InQuery = "access_token";

    /// <summary>Whether the configuration says how tokens are checked.</summary>
    public static bool AreConfigured(IConfiguration configuration) =>
        configuration.GetSection($"{RealtimeOptions.Section}:{nameof(RealtimeOptions.Auth)}:{nameof(AuthSettings.Jwt)}").Exists();

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<RealtimeOptions>>((bearer, options) => Configure(bearer, options.Value.Auth.Jwt!));
    }

    private static void Configure(JwtBearerOptions bearer, JwtSettings settings)
    {
        bearer.Authority = settings.Authority;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuerSigningKey = true,
            ValidateIssuer = settings.Authority is not null || settings.Issuer is not null,
            ValidIssuer = settings.Issuer,
            ValidateAudience = settings.Audience is not null,
            ValidAudience = settings.Audience,
            // A connection ends when its token does: a token that is let in later would end it again at once.
            ClockSkew = TimeSpan.Zero,
        };
        if (settings.SigningKey is { } key)
            bearer.TokenValidationParameters.IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key));
        bearer.Events = new JwtBearerEvents { OnMessageReceived = TakeFromQuery };
    }

    private static Task TakeFromQuery(MessageReceivedContext context)
    {
        if (context.Request.Path.StartsWithSegments(MapRealtimeExtensions.HubPath) && context.Request.Query[InQuery] is [{ Length: > 0 } token])
            context.Token = token;
        return Task.CompletedTask;
    }
}
