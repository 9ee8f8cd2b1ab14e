using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>What somebody wants of a model.</summary>
public enum ModelAction
{
    /// <summary>find, findOne, populate.</summary>
    Read = 1,

    /// <summary>create.</summary>
    Create,

    /// <summary>update, add, remove, replace; also from the other end of an association whose foreign key is in this model's records.</summary>
    Update,

    /// <summary>destroy.</summary>
    Destroy,

    /// <summary>To hear of changes of the records that were read or written, for who may read; refused, the request goes on without.</summary>
    Subscribe,

    /// <summary>
    /// To hear of every new record, for who may subscribe: whoever watches is subscribed to each of them (contract P-31). Refused, the
    /// request goes on without.
    /// </summary>
    Watch,
}

/// <summary>
/// Who may do what with a model, and which of its records exist for whom. Blueprints ask it, and the hub when a client wants to watch the
/// model or to subscribe to records. It is asked when a socket subscribes, not with each event. So mark what it decides by: when an
/// attribute changes that <see cref="DecidesReadersAttribute"/> is on, all subscriptions to the record end. What depends on something
/// outside the record, such as who is in a project, is for the code that changes it to end.
/// </summary>
public interface IModelPolicy
{
    /// <summary>
    /// Whether the sender of a request may do this. No means 403, or no subscription. Who may change records, but not read them, is
    /// answered with their keys.
    /// </summary>
    ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request);

    /// <summary>
    /// The records that exist for the sender of a request, as an expression that EF Core can translate; null: all. The
    /// others are not found, not populated, and nobody is subscribed to them. Whoever is shown only some hears of these, and does
    /// not watch the model: a watcher hears of every new record.
    /// </summary>
    /// <returns>An <c>Expression&lt;Func&lt;T, bool&gt;&gt;</c> of the model's class.</returns>
    LambdaExpression? Readable(ModelDescription model, HttpContext request) => null;

    /// <summary>
    /// Whether all who may connect may read all records. Only then do events, which have many readers, bring along the records that a
    /// record is, or was, associated with (contract P-12, P-13, D-7).
    /// </summary>
    bool IsPublic(ModelDescription model) => false;

    /// <summary>
    /// What the sender of a request cannot choose, such as the owner of a record: what it gives for it is passed over, and new records get
    /// this value. Null: there is no such thing.
    /// </summary>
    ImposedValue? Imposed(ModelDescription model, HttpContext request) => null;
}

/// <summary>A value that new records get whatever the request says, and that no request changes.</summary>
/// <param name="Name">The name of the attribute, or of the singular association.</param>
/// <param name="Value">Its value; of an association the primary key.</param>
public sealed record ImposedValue(string Name, object Value);

/// <summary>Everybody may do everything.</summary>
public sealed class AllowAll : IModelPolicy
{
    /// <inheritdoc/>
    public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public bool IsPublic(ModelDescription model) => true;
}

/// <summary>Nobody may do anything; for what nobody has decided on.</summary>
internal sealed class AllowNone : IModelPolicy
{
    public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => ValueTask.FromResult(false);
}
