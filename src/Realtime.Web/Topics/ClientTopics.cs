using System.Security.Claims;

namespace Realtime.Web.Topics;

/// <summary>Topics as clients may use them: each call is permitted first. To stop hearing is always permitted.</summary>
internal sealed class ClientTopics(ITopics topics, ITopicAuthorizer authorizer)
{
    public async Task SubscribeAsync(
        ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation)
    {
        await PermitAsync(user, socket, model, records, cancellation);
        await topics.SubscribeAsync(socket, model, records, cancellation);
    }

    public async Task WatchAsync(ClaimsPrincipal user, SocketId socket, ModelName model, CancellationToken cancellation)
    {
        await PermitAsync(user, socket, model, [], cancellation);
        await topics.WatchAsync(socket, model, cancellation);
    }

    private async ValueTask PermitAsync(
        ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation)
    {
        if (!await authorizer.MaySubscribeAsync(user, socket, model, records, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not subscribe to \"{model}\" by themselves: permit it by Realtime:Topics:Subscribe, or read the records over the socket.");
        }
    }
}
