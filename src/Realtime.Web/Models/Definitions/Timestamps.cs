using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Realtime.Web.Models.Definitions;

/// <summary>Sets <c>autoCreatedAt</c> and <c>autoUpdatedAt</c> of what is about to be saved.</summary>
internal static class Timestamps
{
    public static void Set(DefinedContext context, DateTimeOffset now)
    {
        foreach (var entry in context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var attribute in context.Models.Find(entry.Metadata.ClrType)?.Attributes ?? [])
            {
                if (attribute.IsUpdatedAt || (attribute.IsCreatedAt && entry.State == EntityState.Added))
                    Set(entry, attribute, now);
            }
        }
    }

    private static void Set(EntityEntry entry, AttributeDefinition attribute, DateTimeOffset now) => entry.Property(attribute.Name).CurrentValue = attribute.Type switch
    {
        // To the microsecond, which is what PostgreSQL keeps: an event must not say more than the record does afterwards.
        DefinedType.DateTime => new DateTime(now.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
        DefinedType.Integer => now.ToUnixTimeMilliseconds(),
        _ => (double)now.ToUnixTimeMilliseconds(),
    };
}
