using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Realtime.Web.Models.Changes;

/// <summary>A record that a save creates, updates or destroys.</summary>
internal sealed class RecordChange
{
    public required ModelDescription Model { get; init; }

    public required EntityEntry Entry { get; init; }

    public required EntityState State { get; init; }

    public required KeyOf Key { get; init; }

    /// <summary>The record as it was, as JSON; null where there was none.</summary>
    public byte[]? Previous { get; init; }

    /// <summary>The attributes with another value than before.</summary>
    public IReadOnlyList<AttributeDescription> Attributes { get; init; } = [];

    /// <summary>The singular associations that point elsewhere than before, and where they pointed to.</summary>
    public IReadOnlyList<(AssociationDescription Association, object?[]? Before)> Associations { get; init; } = [];

    /// <summary>Whether others than before may read it now.</summary>
    public bool ChangesReaders { get; init; }

    /// <summary>Whether nothing but associations changed: the time of the update, which follows every change, is no news by itself.</summary>
    public bool IsAboutAssociations
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (attribute.Name != AttributeDescription.UpdatedAt)
                    return false;
            }
            return true;
        }
    }
}
