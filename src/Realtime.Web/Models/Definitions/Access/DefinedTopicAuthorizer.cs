using System.Security.Claims;
using Realtime.Web.Auth;
using Realtime.Web.Blueprints;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Definitions.Access;

/// <summary>
/// Lets clients that ask the hub hear of defined models as their <c>policies</c> say. Records that are somebody's are to be
/// subscribed to by reading them, which shows whose they are.
/// </summary>
internal sealed class DefinedTopicAuthorizer(DefinedModels models, DefinedPolicies policies, ITopicAuthorizer others) : ITopicAuthorizer
{
    public ValueTask<bool> MaySubscribeAsync(
        ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation)
    {
        if (models.Find(model) is not { Access: not null } definition)
            return others.MaySubscribeAsync(user, socket, model, records, cancellation);
        var policy = policies.Of(definition);
        return new(!policy.HasOwners && policy.WhoMay(ModelAction.Watch).Admits(user));
    }
}
