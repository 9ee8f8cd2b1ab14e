using System.Security.Claims;

namespace Realtime.Web.Topics;

/// <summary>
/// Decides which models clients may hear of by asking the hub. Server code, callers with an API key and blueprints, which have policies of
/// their own, do not ask it. Register your own to replace the default one, which follows <c>Realtime:Topics:Subscribe</c>.
/// </summary>
public interface ITopicAuthorizer
{
    /// <summary>Whether a client may subscribe to records of a model, or watch it when there are none.</summary>
    ValueTask<bool> MaySubscribeAsync(
        ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation);
}
