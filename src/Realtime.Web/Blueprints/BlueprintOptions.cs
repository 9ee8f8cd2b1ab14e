using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>Which routes the models have, and what their actions do besides (contract B-1).</summary>
public sealed class BlueprintOptions
{
    /// <summary>Whether the REST routes are there (B-2); yes.</summary>
    public bool Rest { get; set; } = true;

    /// <summary>Whether the shortcut routes are there (B-3): all of them GET, for trying things out in a browser; no.</summary>
    public bool Shortcuts { get; set; }

    /// <summary>What all routes begin with; nothing.</summary>
    public string Prefix { get; set; } = string.Empty;

    /// <summary>What the REST routes begin with behind <see cref="Prefix"/>; nothing.</summary>
    public string RestPrefix { get; set; } = string.Empty;

    /// <summary>Whether routes have the plural of the identity, and only that (B-6); no.</summary>
    public bool Pluralize { get; set; }

    /// <summary>The plural of a model, for where <see cref="Pluralize"/> is set; the English one of its identity.</summary>
    public Func<ModelDescription, string> PluralOf { get; set; } = static model => Plural.Of(model.Name.Value);

    /// <summary>
    /// Which actions of which models have routes, by the names that their endpoints have behind the model's: <c>find</c>,
    /// <c>tracks.add</c>, <c>shortcut.create</c> (contract B-7); all.
    /// </summary>
    public Func<ModelDescription, string, bool> HasRoute { get; set; } = static (_, _) => true;

    /// <summary>Whether <c>find</c> lets its socket watch the model (B-31, D-4); yes.</summary>
    public bool AutoWatch { get; set; } = true;

    /// <summary>
    /// Whether <c>find</c>, <c>findOne</c> and <c>populate</c> let their socket watch the models too that the records are associated with, as
    /// Sails does (B-31 to B-33, B-41, D-4); no: it would hear of every new record of those, related or not.
    /// </summary>
    public bool WatchAssociated { get; set; }

    /// <summary>Whether the socket that asks for a change is told of it as the others are (B-46); no.</summary>
    public bool Mirror { get; set; }

    /// <summary>What success of <c>create</c> answers with: 200, or 201 as old versions did (D-9).</summary>
    public int CreatedStatus { get; set; } = 200;

    /// <summary>How large a body may be, in bytes; 1 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How many records one <c>create</c> may make (B-18), and how many children one request may name; 1,000.</summary>
    public int MaxRecordsPerRequest { get; set; } = 1000;

    /// <summary>Default and highest limits of criteria.</summary>
    public int DefaultLimit { get; set; } = 30;

    /// <inheritdoc cref="CriteriaOptions.MaxLimit"/>
    public int? MaxLimit { get; set; }

    /// <summary>
    /// Who may do what. Without one, and without one for the model, everything is allowed in Development and nothing
    /// elsewhere: use <see cref="AllowAll"/> to open the models to everybody.
    /// </summary>
    public IModelPolicy? Policy { get; set; }

    internal Dictionary<Type, IModelPolicy> Policies { get; } = [];

    /// <summary>Sets who may do what with one model.</summary>
    public BlueprintOptions For<T>(IModelPolicy policy)
        where T : class
    {
        Policies[typeof(T)] = policy;
        return this;
    }
}
