using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>Who may connect: whoever is known, and anybody where that is configured (in Development unless it is forbidden).</summary>
internal sealed class ClientRequirement : IAuthorizationRequirement;

/// <inheritdoc cref="ClientRequirement"/>
internal sealed class ClientRequirementHandler(IOptions<RealtimeOptions> options, IHostEnvironment environment)
    : AuthorizationHandler<ClientRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ClientRequirement requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true } || (options.Value.Auth.AnonymousClients ?? environment.IsDevelopment()))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
