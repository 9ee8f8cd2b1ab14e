using System.Security.Claims;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Web.Auth;

namespace Realtime.Web.Topics;

/// <summary>Follows <c>Realtime:Topics:Subscribe</c>.</summary>
internal sealed class ConfiguredTopicAuthorizer(IOptions<RealtimeOptions> options, IHostEnvironment environment) : ITopicAuthorizer
{
    private readonly ClientAccess _access =
        options.Value.Topics.Subscribe ?? (environment.IsDevelopment() ? ClientAccess.Clients : ClientAccess.Servers);

    public ValueTask<bool> MaySubscribeAsync(
        ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation) =>
        new(_access.Admits(user));
}
