using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Writing;

/// <summary>
/// Gives a record the values of a request: lightly coerced as in criteria, unknown ones dropped (contract B-17), the rules
/// of the model kept.
/// </summary>
internal sealed class RecordWriter(BlueprintRequest request, EntityEntry entry, RecordInput input, bool isNew)
{
    private readonly ModelDescription _model = request.Model;

    public RecordErrors Errors { get; } = new();

    /// <summary>Sets attributes and associations, and checks the outcome. Nothing is saved.</summary>
    public async Task WriteAsync()
    {
        var imposed = request.Setup.PolicyOf(_model).Imposed(_model, request.Http);
        foreach (var attribute in _model.Attributes)
        {
            // The primary key cannot be changed (B-17).
            if ((!attribute.IsKey || isNew) && attribute.Name != imposed?.Name)
                Write(attribute);
        }
        foreach (var association in _model.Associations.Where(association => association.Name != imposed?.Name))
            await WriteAsync(association);
        if (isNew && imposed is not null)
            entry.Property(ColumnOf(imposed.Name)).CurrentValue = imposed.Value;
        Check();
    }

    private IProperty ColumnOf(string name) =>
        _model.FindAssociation(name)?.Columns?[0] ?? _model.Attributes.First(attribute => attribute.Name == name).Column!;

    private void Write(AttributeDescription attribute)
    {
        var isToken = attribute.Column is { IsConcurrencyToken: true } && !isNew;
        if ((attribute.IsReadOnly && !isToken) || !input.TryFind(attribute.Name, attribute.Member, out var given))
        {
            if (isNew && attribute.Member.PropertyInfo?.IsDefined(typeof(RequiredMemberAttribute)) == true)
                Errors.Add(attribute.Name, $"The attribute \"{attribute.Name}\" is required.");
            return;
        }
        try
        {
            var value = given.Kind == GivenKind.Null ? Null(attribute) : Read(attribute, given);
            if (isToken)
                entry.Property(attribute.Column!).OriginalValue = value;        // the version that the request is about
            else if (!Errors.Has(attribute.Name))
                entry.Member(attribute.Member.Name).CurrentValue = value;
        }
        catch (RealtimeException wrong)
        {
            Errors.Add(attribute.Name, wrong.Message);
        }
    }

    private object? Null(AttributeDescription attribute)
    {
        if (attribute.Column is { IsNullable: false })
            Errors.Add(attribute.Name, $"The attribute \"{attribute.Name}\" is required: it cannot be null.");
        return null;
    }

    private object? Read(AttributeDescription attribute, Given given)
    {
        if (attribute.Column is { } column && new ModelAttribute(attribute.Name, column) is { Kind: not ValueKind.Opaque } known)
            return ValueReader.Read(known, given);
        try
        {
            return input.JsonOf(attribute.Name, attribute.Member) is { } json ? json.Deserialize(attribute.ClrType, request.Setup.Json.Options) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            throw new RealtimeException(BlueprintCodes.InvalidValuesToSet, $"The attribute \"{attribute.Name}\" has a value that does not fit it.", wrong);
        }
    }

    private async Task WriteAsync(AssociationDescription association)
    {
        var foreignKey = association.Columns is [var column] ? column : (IPropertyBase)association.Navigation;
        if (!input.TryFind(association.Name, foreignKey, out _))
            return;
        var json = input.JsonOf(association.Name, foreignKey)!.Value;
        try
        {
            if (association.IsPlural)
                await new Collection(request, entry, association).ReplaceAsync(Collection.KeysOf(request, association, json), isNew);
            else
                await WriteReferenceAsync(association, json);
        }
        catch (RealtimeException wrong) when (wrong.Code is CriteriaCodes.InvalidCriteria or BlueprintCodes.InvalidAssociatedIds)
        {
            Errors.Add(association.Name, wrong.Message);
        }
    }

    private async Task WriteReferenceAsync(AssociationDescription association, JsonElement json)
    {
        var reference = entry.Reference(association.Navigation.Name);
        if (!isNew && association.Columns is null)
            await reference.LoadAsync(request.Cancellation);        // the other record's foreign key has to be emptied
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (reference.CurrentValue is not null)
                await request.DemandChangeAsync(association);
            if (association.Columns is { } columns && columns.All(column => !column.IsNullable))
                Errors.Add(association.Name, $"The association \"{association.Name}\" is required: it cannot be null.");
            else if (association.Columns is { } own)
                own.Where(column => column.IsNullable).ToList().ForEach(column => entry.Property(column).CurrentValue = null);
            else
                reference.CurrentValue = null;
            return;
        }
        var (target, key) = (association.Target, association.Target.Key.Parse(json));
        var found = await Records.FindAsync(request.Context, target, key, request.Readable(target), request.Cancellation);
        if (found is null)
            Errors.Add(association.Name, $"There is no {target.Name} {target.Key.Format(key)} for the association \"{association.Name}\".");
        else if (!ReferenceEquals(reference.CurrentValue, found))
        {
            await request.DemandChangeAsync(association);
            reference.CurrentValue = found;
        }
    }

    private void Check()
    {
        request.Context.ChangeTracker.DetectChanges();
        foreach (var property in entry.Properties)
        {
            var attribute = _model.Attributes.FirstOrDefault(attribute => attribute.Column == property.Metadata);
            var name = attribute?.Name ?? _model.Associations.FirstOrDefault(association => association.Columns?.Contains(property.Metadata) == true)?.Name;
            if (name is null || Errors.Has(name))
                continue;
            var isGenerated = property.Metadata.ValueGenerated != ValueGenerated.Never;
            var isMissing = property.CurrentValue is null || (attribute is null && isNew && property.Metadata.IsForeignKey()
                && !property.IsTemporary && Equals(property.CurrentValue, property.Metadata.Sentinel));
            if (!property.Metadata.IsNullable && !isGenerated && isMissing && entry.Navigations.All(navigation => !Holds(navigation, property.Metadata)))
                Errors.Add(name, $"The attribute \"{name}\" is required.");
            else if (property.CurrentValue is string text && property.Metadata.GetMaxLength() is { } most && text.Length > most)
                Errors.Add(name, $"The attribute \"{name}\" has {text.Length} characters, {most} are the most.");
        }
        var broken = new List<ValidationResult>();
        Validator.TryValidateObject(entry.Entity, new ValidationContext(entry.Entity, request.Http.RequestServices, null), broken, validateAllProperties: true);
        foreach (var rule in broken)
        {
            foreach (var member in rule.MemberNames.DefaultIfEmpty(string.Empty))
            {
                var attribute = _model.Attributes.FirstOrDefault(attribute => attribute.Member.Name == member);
                var name = attribute?.Name ?? _model.Associations.FirstOrDefault(association => association.Navigation.Name == member)?.Name ?? member;
                if (!Errors.Has(name))
                    Errors.Add(name, rule.ErrorMessage ?? $"The attribute \"{name}\" is not valid.");
            }
        }
    }

    private static bool Holds(NavigationEntry navigation, IProperty column) =>
        navigation.CurrentValue is not null && navigation.Metadata is INavigation { IsOnDependent: true } known && known.ForeignKey.Properties.Contains(column);
}
