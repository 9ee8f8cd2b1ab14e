using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Writing;

/// <summary>Understands why a datastore refused to save: its own words are for the log, not for clients.</summary>
internal static class StoreErrors
{
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteForeignKey = 787;
    private const int SqliteRestrict = 1811;        // ON DELETE RESTRICT is enforced as a trigger would be
    private const int SqliteNotNull = 1299;
    private const int SqliteCheck = 275;

    /// <summary>
    /// Whether somebody else has let the same child in, or let it go, since its collection was read (contract B-28): done once more, the
    /// action finds nothing left to do.
    /// </summary>
    public static bool IsLostRace(DbUpdateException error) =>
        error.Entries.Count > 0 && error.Entries.All(entry => IsJoin(entry.Metadata)) && error is DbUpdateConcurrencyException or
        {
            InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
                or SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey }
        };

    /// <summary>The answer, or null where it is no fault of the request.</summary>
    public static IResult? Answer(BlueprintRequest request, DbUpdateException error, string code)
    {
        switch (error)
        {
            case { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken }:
                return Taken(request, error, (entity, table) => ColumnsOf(entity, taken.ConstraintName, table));
            case { InnerException: SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } taken }:
                return Taken(request, error, (entity, table) => ColumnsIn(taken.Message, entity, table));
            case { InnerException: PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation } }:
            case { InnerException: SqliteException { SqliteExtendedErrorCode: SqliteForeignKey or SqliteRestrict } }:
                return Refusal.Of(request.Http.Request, code, code == BlueprintCodes.InUse
                    ? "Other records refer to this one."
                    : "An association points to a record that does not exist.");
            case { InnerException: PostgresException { SqlState: PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation
                or PostgresErrorCodes.StringDataRightTruncation or PostgresErrorCodes.NumericValueOutOfRange } }:
            case { InnerException: SqliteException { SqliteExtendedErrorCode: SqliteNotNull or SqliteCheck } }:
                return Refusal.Of(request.Http.Request, code, "A value is missing, too long or out of range.");
            default:
                return null;
        }
    }

    private static bool IsJoin(IEntityType entity) =>
        entity.IsPropertyBag && entity.GetForeignKeys().Any(foreign => foreign.GetReferencingSkipNavigations().Any());

    private static IResult Taken(
        BlueprintRequest request, DbUpdateException error, Func<IEntityType, StoreObjectIdentifier, IReadOnlyList<IProperty>> columns)
    {
        var (model, names) = (request.Model, new List<string>());
        foreach (var entity in error.Entries.Select(entry => entry.Metadata).Append(request.Model.EntityType).Distinct())
        {
            if (StoreObjectIdentifier.Create(entity, StoreObjectType.Table) is not { } table || columns(entity, table) is not { Count: > 0 } taken)
                continue;
            model = request.Models.Find(entity) ?? model;
            names.AddRange(taken.Select(column => NameOf(model, column)));
            break;
        }
        return Refusal.Taken(request.Http.Request, model.Name, names);
    }

    private static string NameOf(ModelDescription model, IProperty column) =>
        model.Attributes.FirstOrDefault(attribute => attribute.Column == column && !attribute.IsHidden)?.Name
        ?? model.Associations.FirstOrDefault(association => association.Columns?.Contains(column) == true)?.Name
        ?? "value";

    private static IReadOnlyList<IProperty> ColumnsOf(IEntityType entity, string? constraint, StoreObjectIdentifier table) =>
        entity.GetIndexes().FirstOrDefault(index => index.GetDatabaseName(table) == constraint)?.Properties
        ?? entity.GetKeys().FirstOrDefault(key => key.GetName(table) == constraint)?.Properties
        ?? [];

    // "SQLite Error 19: 'UNIQUE constraint failed: Users.Email, Users.Site'."
    private static List<IProperty> ColumnsIn(string message, IEntityType entity, StoreObjectIdentifier table)
    {
        var from = message.IndexOf("failed: ", StringComparison.Ordinal);
        if (from < 0)
            return [];
        var columns = message[(from + "failed: ".Length)..].TrimEnd('.', '\'').Split(", ");
        return [.. entity.GetProperties().Where(property => columns.Contains($"{table.Name}.{property.GetColumnName(table)}"))];
    }
}
