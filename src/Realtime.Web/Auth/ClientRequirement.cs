using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>Who may connect: whoever is known, servers, and anybody where that is configured (in Development unless it is forbidden).</summary>
internal sealed class ClientRequirement : IAuthorizationRequirement;

/// <inheritdoc cref="ClientRequirement"/>
internal sealed class ClientRequirementHandler(IOptions<RealtimeOptions> options, IHostEnvironment environment)
    : AuthorizationHandler<ClientRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, ClientRequirement requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true } || (options.Value.Auth.AnonymousClients ?? environment.IsDevelopment())
            || await IsServerAsync(context.Resource))
        {
            context.Succeed(requirement);
        }
    }

    // Where clients have a scheme of their own, a server's key is not what requests are looked at for.
    private static async Task<bool> IsServerAsync(object? resource) =>
        resource is HttpContext request && (await request.AuthenticateAsync(ApiKeyHandler.SchemeName)).Succeeded;
}
