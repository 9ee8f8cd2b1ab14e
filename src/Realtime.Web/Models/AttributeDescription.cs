using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models;

/// <summary>An attribute of a model: a column, or an object that is kept inside the record.</summary>
public sealed class AttributeDescription
{
    /// <summary>The name of the attribute that says when a record was last changed; every event of a change brings it along (contract B-45).</summary>
    internal const string UpdatedAt = "updatedAt";

    internal AttributeDescription(string name, IPropertyBase member)
    {
        (Name, Member, Column) = (name, member, member as IProperty);
        IsKey = Column?.IsPrimaryKey() == true;
    }

    /// <summary>The JSON name.</summary>
    public string Name { get; }

    /// <summary>What EF Core knows of it: an <see cref="IProperty"/>, an <see cref="IComplexProperty"/>, or a navigation to an owned type.</summary>
    public IPropertyBase Member { get; }

    /// <summary>The column, or null where it is an object.</summary>
    public IProperty? Column { get; }

    /// <summary>The type of its values.</summary>
    public Type ClrType => Member.ClrType;

    /// <summary>Whether it is (a part of) the primary key.</summary>
    public bool IsKey { get; }

    /// <summary>Whether clients never see it.</summary>
    public bool IsHidden { get; internal init; }

    /// <summary>What clients never see inside it, where it is an object; null where there is no such thing.</summary>
    internal HiddenInside? HiddenInside { get; init; }

    /// <summary>Whether <see cref="ModelsOptions.IsHidden"/> hides something inside it, which the serializer does not know.</summary>
    internal bool IsHiddenFurther { get; init; }

    /// <summary>Whether clients cannot set it: <c>[JsonIgnore]</c>, <c>[Editable(false)]</c>, or computed by the datastore.</summary>
    public bool IsReadOnly { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
