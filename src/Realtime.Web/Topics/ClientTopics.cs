using System.Security.Claims;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Topics;

/// <summary>
/// Topics as clients may use them: each call is permitted first, by the authorizer of topics and, where the model has one, by its policy:
/// nobody hears of what he could not read. To stop hearing is always permitted.
/// </summary>
internal sealed class ClientTopics(ITopics topics, ITopicAuthorizer authorizer, ModelGates gates, HubCalls calls)
{
    public async Task SubscribeAsync(
        SocketRequests client, ClaimsPrincipal user, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation)
    {
        if (records.Count == 0)     // which would ask whether it may watch
            return;
        await PermitAsync(client, user, model, records, cancellation);
        await topics.SubscribeAsync(client.Socket, model, records, cancellation);
        try
        {
            // Whoever loses a record between the question and the subscription was not among its subscribers yet.
            await PassGateAsync(client, user, model, records);
        }
        catch (RealtimeException refused) when (refused.Code == ErrorCodes.Forbidden)
        {
            await topics.UnsubscribeAsync(client.Socket, model, records, CancellationToken.None);
            throw;
        }
    }

    public async Task WatchAsync(SocketRequests client, ClaimsPrincipal user, ModelName model, CancellationToken cancellation)
    {
        await PermitAsync(client, user, model, [], cancellation);
        await topics.WatchAsync(client.Socket, model, cancellation);
    }

    private async ValueTask PermitAsync(
        SocketRequests client, ClaimsPrincipal user, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation)
    {
        if (!await authorizer.MaySubscribeAsync(user, client.Socket, model, records, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not subscribe to \"{model}\" by themselves: permit it by Realtime:Topics:Subscribe, or read the records over the socket.");
        }
        await PassGateAsync(client, user, model, records);
    }

    private async ValueTask PassGateAsync(SocketRequests client, ClaimsPrincipal user, ModelName model, IReadOnlyCollection<RecordId> records)
    {
        if (gates.TryFind(model, out var gate) && !await calls.AskAsync(client, user, request => gate.AdmitsAsync(request, records)))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"The policy of \"{model}\" does not let this client hear of that by itself: what it may read, it hears of by reading it over the socket.");
        }
    }
}
