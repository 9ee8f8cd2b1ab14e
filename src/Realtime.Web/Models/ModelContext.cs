using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models;

/// <summary>What is known of a context type for the life of the process: its models and how they are written.</summary>
internal sealed class ModelContext<TContext>(ModelsOptions options)
    where TContext : DbContext
{
    private readonly ConditionalWeakTable<IModel, ModelRegistry> _registries = [];

    public ModelsOptions Options { get; } = options;

    public RecordJson Json { get; } = new(HiddenMembers.Without(options.Json));

    /// <summary>
    /// The models as a context has them, for use with that context alone. Contexts of one class can have different EF Core models: one for
    /// each tenant's schema, say, or a new one because EF Core's cache of models had no room.
    /// </summary>
    public ModelRegistry RegistryOf(DbContext context) => _registries.GetValue(context.Model, model => new ModelRegistry(model, Options, Json.Options));
}
