using System.Linq.Expressions;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Reading;

/// <summary>What of a record is read, and shown: only that is asked of the datastore, so what is hidden never leaves it.</summary>
internal sealed class RecordShape
{
    public RecordShape(ModelDescription model, Func<string, bool>? shows, IReadOnlyList<PopulatedShape> populated)
    {
        (Model, Populated) = (model, populated);
        Attributes = [.. model.Attributes.Where(attribute => !attribute.IsHidden && (attribute.IsKey || shows?.Invoke(attribute.Name) != false))];
        References = [.. model.Associations.Where(association => association.Columns is not null
            && shows?.Invoke(association.Name) != false && !populated.Any(other => other.Association == association))];
    }

    /// <summary>Nothing but the primary key.</summary>
    public static RecordShape OfKey(ModelDescription model) => new(model, static _ => false, []);

    public ModelDescription Model { get; }

    public IReadOnlyList<AttributeDescription> Attributes { get; }

    /// <summary>The singular associations of which the primary key is shown.</summary>
    public IReadOnlyList<AssociationDescription> References { get; }

    /// <summary>The associations of which the records are shown.</summary>
    public IReadOnlyList<PopulatedShape> Populated { get; }
}

/// <param name="Association">The association that comes along.</param>
/// <param name="Shape">What of its records.</param>
/// <param name="Limit">How many of them at most; null: all.</param>
/// <param name="Filter">Which of them exist for the reader; null: all.</param>
internal sealed record PopulatedShape(AssociationDescription Association, RecordShape Shape, int? Limit, LambdaExpression? Filter);
