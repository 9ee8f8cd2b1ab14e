using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Web.Api;

namespace Realtime.Web.Auth;

/// <summary>Knows servers by their key. In Development, as long as no key is configured, every caller counts as a server.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IOptions<RealtimeOptions> options,
    IHostEnvironment environment)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    public const string SchemeName = "Realtime.ApiKey";

    private const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";

    private IList<string> Keys => options.Value.Auth.ApiKeys;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var help = Keys.Count == 0
            ? "This API is closed until a key is configured: set Realtime:Auth:ApiKeys:0 (environment: Realtime__Auth__ApiKeys__0) and send it as \"Authorization: Bearer <key>\"."
            : "Send one of the configured API keys as \"Authorization: Bearer <key>\" or \"X-Api-Key: <key>\".";
        return Problem.WriteAsync(Context, new RealtimeException(ErrorCodes.Unauthorized, help));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, new RealtimeException(ErrorCodes.Forbidden, "This credential does not permit that."));

    private AuthenticateResult Authenticate()
    {
        if (Keys.Count == 0)
            return environment.IsDevelopment() ? Success("development") : AuthenticateResult.NoResult();
        if (Given() is not { } given)
            return AuthenticateResult.NoResult();
        return Keys.Any(key => IsSame(key, given)) ? Success("server") : AuthenticateResult.Fail("The key is not one of the configured ones.");
    }

    private string? Given()
    {
        if (Request.Headers.TryGetValue(Header, out var key))
            return key;
        var authorization = Request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : null;
    }

    private static AuthenticateResult Success(string name) => AuthenticateResult.Success(new AuthenticationTicket(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName)), SchemeName));

    // Hashed first, so that the comparison takes the same time whatever the lengths.
    private static bool IsSame(string key, string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}
