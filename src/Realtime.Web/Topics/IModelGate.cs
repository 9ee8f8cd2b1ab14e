using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Topics;

/// <summary>What the policy of a model says to clients that want to hear of it by asking the hub, instead of reading it.</summary>
internal interface IModelGate
{
    /// <summary>Whether the sender of a request may subscribe to records, or watch the model when there are none.</summary>
    ValueTask<bool> AdmitsAsync(HttpContext request, IReadOnlyCollection<RecordId> records);
}
