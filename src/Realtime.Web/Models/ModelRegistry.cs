using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Json;
using Realtime.Web.Models.Outbox;

namespace Realtime.Web.Models;

/// <summary>The models of one EF Core context: its entity types, but for owned ones, mere join tables, and those opted out.</summary>
public sealed class ModelRegistry
{
    private readonly ModelsOptions _options;
    private readonly JsonSerializerOptions _json;
    private readonly FrozenDictionary<ModelName, ModelDescription> _byName;
    private readonly FrozenDictionary<IEntityType, ModelDescription> _byEntity;

    /// <summary>Reads the models of a context.</summary>
    /// <exception cref="InvalidOperationException">Two entity types have the same identity.</exception>
    public ModelRegistry(IModel model, ModelsOptions options)
        : this(model, options, HiddenMembers.Without(options.Json))
    {
    }

    internal ModelRegistry(IModel model, ModelsOptions options, JsonSerializerOptions json)
    {
        (_options, _json) = (options, json);
        var joins = model.GetEntityTypes().SelectMany(entity => entity.GetSkipNavigations())
            .Select(navigation => navigation.JoinEntityType).Where(join => join.IsPropertyBag).ToHashSet();
        var entities = model.GetEntityTypes().Where(entity => entity is { BaseType: null } && entity.ClrType != typeof(OutboxRow)
            && entity.FindPrimaryKey() is not null && !entity.IsOwned() && !joins.Contains(entity) && options.IsModel(entity));
        Models = [.. entities.Select(entity => new ModelDescription(IdentityOf(entity), entity, new RecordKey(entity.FindPrimaryKey()!, NameOf)))];
        if (Models.GroupBy(known => known.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException(
                $"{string.Join(" and ", twice.Select(same => same.EntityType.Name))} have the same identity, {twice.Key}: set ModelsOptions.NameOf or IsModel.");
        }
        _byName = Models.ToFrozenDictionary(known => known.Name);
        _byEntity = Models.SelectMany(known => known.EntityType.GetDerivedTypesInclusive(), (known, entity) => (known, entity))
            .ToFrozenDictionary(pair => pair.entity, pair => pair.known);
        foreach (var known in Models)
            known.Complete(AttributesOf(known), AssociationsOf(known));
        foreach (var association in Models.SelectMany(known => known.Associations))
            association.Inverse = association.Target.FindAssociation(association.Navigation.Inverse);
    }

    /// <summary>All models.</summary>
    public IReadOnlyList<ModelDescription> Models { get; }

    /// <summary>The model of an identity.</summary>
    public bool TryFind(ModelName name, [NotNullWhen(true)] out ModelDescription? model) => _byName.TryGetValue(name, out model);

    /// <summary>The model of an identity that there is.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ModelDescription Get(ModelName name) => _byName[name];

    /// <summary>The model that an entity type (or the root of its hierarchy) is, or null.</summary>
    public ModelDescription? Find(IEntityType? entity) => entity is null ? null : _byEntity.GetValueOrDefault(entity);

    /// <summary>The model of a class.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public ModelDescription Of<T>() => Models.FirstOrDefault(model => model.EntityType.ClrType == typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T).Name} is no model of this context.");

    /// <summary>The JSON name of a member.</summary>
    public string NameOf(IReadOnlyPropertyBase member) => member.PropertyInfo?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? _options.Json.PropertyNamingPolicy?.ConvertName(member.Name) ?? member.Name;

    /// <summary>Whether clients never see a member.</summary>
    public bool IsHidden(IReadOnlyPropertyBase member) =>
        Has<HiddenAttribute>(member) || IsIgnored(member) || IsNameless(member) || _options.IsHidden(member);

    /// <summary>Whether who may read a record depends on a column: by itself, or as the foreign key of an association.</summary>
    public bool DecidesReaders(IReadOnlyProperty column) => Decides(column)
        || column.GetContainingForeignKeys().Any(foreign => foreign.DependentToPrincipal is { } navigation && Decides(navigation));

    private bool Decides(IReadOnlyPropertyBase member) => Has<DecidesReadersAttribute>(member) || _options.DecidesReaders(member);

    private ModelName IdentityOf(IEntityType entity) => ModelName.Parse(_options.NameOf(entity));

    // A column in no class (a shadow foreign key) has no name that clients could know; its association has one.
    private static bool IsNameless(IReadOnlyPropertyBase member) =>
        member is IReadOnlyProperty property && property.IsShadowProperty() && !property.IsPrimaryKey();

    private static bool IsIgnored(IReadOnlyPropertyBase member) =>
        member.PropertyInfo?.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    private static bool Has<T>(IReadOnlyPropertyBase member)
        where T : Attribute =>
        member.PropertyInfo?.IsDefined(typeof(T), inherit: true) == true || member.FieldInfo?.IsDefined(typeof(T)) == true;

    private static bool IsReadOnly(IReadOnlyPropertyBase member) => IsIgnored(member)
        || (member is IReadOnlyProperty property && property.IsShadowProperty())
        || member.PropertyInfo?.GetCustomAttribute<EditableAttribute>() is { AllowEdit: false }
        || member.PropertyInfo?.GetCustomAttribute<System.ComponentModel.ReadOnlyAttribute>() is { IsReadOnly: true }
        || member is IReadOnlyProperty { ValueGenerated: ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate };

    private List<AttributeDescription> AttributesOf(ModelDescription model)
    {
        // A foreign key is no attribute of its own where its association has a name: it is what the association holds.
        var foreign = model.EntityType.GetNavigations().Where(navigation => navigation.IsOnDependent && !IsHidden(navigation)
                && Find(navigation.TargetEntityType) is not null && navigation.ForeignKey.PrincipalKey.IsPrimaryKey())
            .SelectMany(navigation => navigation.ForeignKey.Properties).Where(property => !property.IsPrimaryKey()).ToHashSet();
        var key = model.Key.Properties;
        IEnumerable<IPropertyBase> members =
        [
            .. key,
            .. model.EntityType.GetProperties().Where(property => !key.Contains(property) && !foreign.Contains(property)),
            .. model.EntityType.GetComplexProperties(),
            .. model.EntityType.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned()),
        ];
        return [.. members.Select(member => new AttributeDescription(NameOf(member), member)
        {
            IsHidden = IsHidden(member),
            IsReadOnly = IsReadOnly(member),
            HiddenInside = HiddenInside.Of(member, IsHidden, _json),
            IsHiddenFurther = HiddenInside.Of(member, _options.IsHidden, _json) is not null,
        })];
    }

    private List<AssociationDescription> AssociationsOf(ModelDescription model)
    {
        IEnumerable<INavigationBase> navigations = [.. model.EntityType.GetNavigations(), .. model.EntityType.GetSkipNavigations()];
        return [.. from navigation in navigations
                   let target = Find(navigation.TargetEntityType)
                   where target is not null && !IsHidden(navigation) && !navigation.IsShadowProperty()
                   select new AssociationDescription(NameOf(navigation), navigation, model, target)];
    }
}
