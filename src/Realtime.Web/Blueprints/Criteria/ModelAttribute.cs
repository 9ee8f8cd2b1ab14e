using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// An attribute as criteria see it: a property, an embedded object, or an association. A singular association whose
/// foreign key is one column of this model stands for that column, as in Sails.
/// </summary>
internal sealed class ModelAttribute
{
    public ModelAttribute(string name, IPropertyBase member)
    {
        (Name, Member) = (name, member);
        Association = member as INavigationBase is { } navigation && !navigation.TargetEntityType.IsOwned() ? navigation : null;
        Column = member as IProperty ?? ForeignKeyOf(Association);
        if (Column is null || Column.GetElementType() is not null)
            return;

        var mapping = Column.FindTypeMapping();
        var converter = mapping?.Converter ?? Column.GetValueConverter();
        var stored = converter?.ProviderClrType ?? Column.ClrType;
        (ValueType, Kind) = KindOf(Column.ClrType);
        if (Kind == ValueKind.Opaque && converter is not null && Unwrap(Column.ClrType) != typeof(JsonElement))
        {
            FromStored = converter;
            (ValueType, Kind) = KindOf(stored);
        }
        StoreType = (mapping as RelationalTypeMapping)?.StoreType ?? "";
        if (Unwrap(stored) == typeof(string) && StoreType.Length > 0 && !IsTextual(StoreType))
            Kind = ValueKind.Opaque;        // a string in a json, xml, … column: the datastore refuses to compare it
        HasOrder = !IsUnordered(Unwrap(stored), StoreType);
        IsSortable = Kind != ValueKind.Opaque && HasOrder;
        IsComparable = HasOrder && FromStored is null && Kind is ValueKind.Text or ValueKind.Whole or ValueKind.Fraction
            or ValueKind.Moment or ValueKind.OffsetMoment or ValueKind.Date or ValueKind.Time or ValueKind.Duration;
        IsSearchable = Kind == ValueKind.Text && FromStored is null && Unwrap(stored) == typeof(string);
    }

    /// <summary>The JSON name.</summary>
    public string Name { get; }

    public IPropertyBase Member { get; }

    /// <summary>The association that this is, or null.</summary>
    public INavigationBase? Association { get; }

    /// <summary>The property that a filter or a sort is about; null where there is none.</summary>
    public IProperty? Column { get; }

    public ValueKind Kind { get; }

    /// <summary>The type that values are read as, never a <see cref="Nullable{T}"/>.</summary>
    public Type ValueType { get; } = typeof(object);

    /// <summary>Makes a value of the property's own type, where that is none of <see cref="ValueKind"/>: a typed id.</summary>
    public ValueConverter? FromStored { get; }

    public string StoreType { get; } = "";

    public bool IsPlural => Member is INavigationBase { IsCollection: true };

    /// <summary>Whether the datastore can put the stored values into an order, whatever they mean.</summary>
    public bool HasOrder { get; }

    public bool IsSortable { get; }

    /// <summary>Whether less and greater mean something.</summary>
    public bool IsComparable { get; }

    /// <summary>Whether the text operators mean something.</summary>
    public bool IsSearchable { get; }

    private static IProperty? ForeignKeyOf(INavigationBase? association) =>
        association is INavigation { IsOnDependent: true, ForeignKey.Properties: [var only] } ? only : null;

    private static (Type, ValueKind) KindOf(Type type)
    {
        type = Unwrap(type);
        if (type.IsEnum)
            return (type, ValueKind.Choice);
        return (type, Type.GetTypeCode(type) switch
        {
            TypeCode.String => ValueKind.Text,
            TypeCode.Char => ValueKind.Character,
            TypeCode.Boolean => ValueKind.Flag,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => ValueKind.Fraction,
            TypeCode.DateTime => ValueKind.Moment,
            >= TypeCode.SByte and <= TypeCode.UInt64 => ValueKind.Whole,
            _ when type == typeof(Guid) => ValueKind.Guid,
            _ when type == typeof(DateTimeOffset) => ValueKind.OffsetMoment,
            _ when type == typeof(DateOnly) => ValueKind.Date,
            _ when type == typeof(TimeOnly) => ValueKind.Time,
            _ when type == typeof(TimeSpan) => ValueKind.Duration,
            _ => ValueKind.Opaque,
        });
    }

    private static Type Unwrap(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsTextual(string storeType) =>
        storeType.Contains("text", StringComparison.OrdinalIgnoreCase) || storeType.Contains("char", StringComparison.OrdinalIgnoreCase);

    // SQLite keeps these in a form whose order is not theirs, and EF Core refuses to compare them there.
    private static bool IsUnordered(Type stored, string storeType) =>
        (storeType == "TEXT" && (stored == typeof(DateTimeOffset) || stored == typeof(TimeSpan)))
        || (storeType == "INTEGER" && stored == typeof(ulong));
}
