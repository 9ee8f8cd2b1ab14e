using Microsoft.AspNetCore.Http;
using Realtime.Web.Models;

namespace Realtime.Web.Topics;

/// <summary>What the policy of a model says to clients that want to hear of it by asking the hub, instead of reading it.</summary>
internal interface IModelGate
{
    /// <summary>Whether the sender of a request may subscribe to records, or watch the model when there are none.</summary>
    ValueTask<bool> AdmitsAsync(HttpContext request, IReadOnlyCollection<RecordId> records);

    /// <summary>Whether all who may connect may read all records, so that an event of another model may bring them along.</summary>
    bool IsPublic(ModelDescription model);
}
