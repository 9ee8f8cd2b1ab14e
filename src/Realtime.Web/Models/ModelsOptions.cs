using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Outbox;

namespace Realtime.Web.Models;

/// <summary>Which entities of a context are models, what of them is seen, and how their events leave.</summary>
public sealed class ModelsOptions
{
    /// <summary>Which entity types are models; by default all that have a primary key and are neither owned nor mere join tables.</summary>
    public Func<IReadOnlyEntityType, bool> IsModel { get; set; } = static _ => true;

    /// <summary>The identity of a model, before it is lower-cased; by default the name of the class (contract G-3).</summary>
    public Func<IReadOnlyEntityType, string> NameOf { get; set; } = static entity =>
        entity.HasSharedClrType ? entity.Name : entity.ClrType.Name;

    /// <summary>
    /// Hides attributes and associations beyond those marked <see cref="HiddenAttribute"/> or <c>[JsonIgnore]</c>, and the members of owned and
    /// complex objects that records hold. It is asked for each place that EF Core knows, so that one address may show what another hides.
    /// </summary>
    public Func<IReadOnlyPropertyBase, bool> IsHidden { get; set; } = static _ => false;

    /// <summary>Says of attributes and associations that readers depend on them, beyond those marked <see cref="DecidesReadersAttribute"/>.</summary>
    public Func<IReadOnlyPropertyBase, bool> DecidesReaders { get; set; } = static _ => false;

    /// <summary>
    /// How values are written, in answers and in events alike (contract B-48). Names come from
    /// <c>[JsonPropertyName]</c>, else from the naming policy of these options.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// Of which models <c>created.data</c> brings along the records that the new one is associated with, as <c>find</c> does, instead of
    /// their primary keys (contract B-44, D-7); of none. An event goes to many readers as it is: what not all who may connect may read
    /// (<see cref="Blueprints.IModelPolicy.IsPublic"/>), and what has no blueprints, is told as keys all the same. It costs a query for each save.
    /// </summary>
    public Func<ModelDescription, bool> PopulatesCreated { get; set; } = static _ => false;

    /// <summary>
    /// Whether all records that one save lets into one collection, or out of it, are told in one event, with <c>addedIds</c> or
    /// <c>removedIds</c>; no: each has its own, with <c>addedId</c> besides (contract P-17, D-1).
    /// </summary>
    public bool RollsUpLinks { get; set; }

    /// <summary>
    /// How long each <see cref="Publishing.IPublishHooks"/> may take for an event before that goes on without it; 5 s. Other events of the
    /// record, and of the save, wait meanwhile.
    /// </summary>
    public TimeSpan HooksTakeAtMost { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How events travel from the database to the topics.</summary>
    public OutboxOptions Outbox { get; } = new();
}
