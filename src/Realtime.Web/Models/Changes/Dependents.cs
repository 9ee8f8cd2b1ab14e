using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// The records that a destroyed record takes along or leaves behind. The datastore would delete them, or empty their
/// foreign keys, by itself and in silence; loaded, they are changed by EF Core, and all of them are told, not only those
/// that happened to be in memory (contract P-24, P-29, P-30).
/// </summary>
internal sealed class Dependents(DbContext context, ModelRegistry models)
{
    private readonly HashSet<(object Record, IForeignKey Foreign)> _seen = [];

    /// <summary>Queries that load dependents of the records to be deleted, which may lead to more: call it until it has none.</summary>
    public List<IQueryable<object>> Next()
    {
        var queries = new List<IQueryable<object>>();
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State != EntityState.Deleted || models.Find(entry.Metadata) is null)
                continue;
            foreach (var foreign in entry.Metadata.GetReferencingForeignKeys())
            {
                if (IsChanged(foreign) && !foreign.DeclaringEntityType.IsOwned() && _seen.Add((entry.Entity, foreign)))
                    queries.Add(Pointing(foreign, entry));
            }
        }
        return queries;
    }

    private static bool IsChanged(IForeignKey foreign) => foreign.DeleteBehavior
        is DeleteBehavior.Cascade or DeleteBehavior.SetNull or DeleteBehavior.ClientSetNull or DeleteBehavior.ClientCascade;

    private IQueryable<object> Pointing(IForeignKey foreign, EntityEntry principal)
    {
        var records = Records.Of(context, foreign.DeclaringEntityType);
        var record = Expression.Parameter(records.ElementType, "record");
        var key = foreign.PrincipalKey.Properties.Select(property => principal.OriginalValues[property]).ToArray();
        return (IQueryable<object>)Records.Where(records, Expression.Lambda(Records.Equal(record, foreign.Properties, key), record));
    }
}
