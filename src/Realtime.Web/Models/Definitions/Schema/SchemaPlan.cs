using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;

namespace Realtime.Web.Models.Definitions.Schema;

/// <summary>
/// What is between the tables that there are and those that the definitions ask for: what can be added, and what only a
/// person can decide. Columns and tables that no definition mentions are left alone.
/// </summary>
/// <param name="Additions">What is missing, by the table that it is about.</param>
/// <param name="Conflicts">What does not fit and cannot be made to without losing something, by table.</param>
internal sealed record SchemaPlan(
    IReadOnlyList<(string Table, MigrationOperation Operation)> Additions, IReadOnlyList<(string Table, string Sentence)> Conflicts)
{
    /// <summary>All that the model of a context asks for, as for an empty database.</summary>
    public static IReadOnlyList<MigrationOperation> WholeOf(DbContext context) => context.GetService<IMigrationsModelDiffer>()
        .GetDifferences(null, context.GetService<IDesignTimeModel>().Model.GetRelationalModel());

    /// <summary>Compares.</summary>
    public static SchemaPlan Of(IReadOnlyList<MigrationOperation> whole, IReadOnlyDictionary<string, DatabaseTable> stored, DefinedModels models)
    {
        var additions = new List<(string, MigrationOperation)>();
        var conflicts = new List<(string, string)>();
        foreach (var operation in whole)
        {
            switch (operation)
            {
                case CreateTableOperation create when stored.TryGetValue(create.Name, out var table):
                    Compare(create, table, models, additions, conflicts);
                    break;
                case CreateTableOperation create:
                    additions.Add((create.Name, create));
                    break;
                case CreateIndexOperation index when !HasIndex(stored, index):
                    additions.Add((index.Table, index));
                    break;
                case AddForeignKeyOperation foreign when !HasForeignKey(stored, foreign.Table, foreign.Columns):
                    additions.Add((foreign.Table, foreign));
                    break;
            }
        }
        return new SchemaPlan(additions, conflicts);
    }

    private static void Compare(
        CreateTableOperation wanted, DatabaseTable stored, DefinedModels models,
        List<(string, MigrationOperation)> additions, List<(string, string)> conflicts)
    {
        foreach (var column in wanted.Columns)
        {
            if (stored.Columns.FirstOrDefault(known => known.Name == column.Name) is { } there)
            {
                if (!Fits(there.StoreType, column.ColumnType))
                    conflicts.Add((wanted.Name, $"the column \"{column.Name}\" is of type {there.StoreType}, and the definition asks for {column.ColumnType}: give the attribute another \"columnName\", or change the column."));
                continue;
            }
            if (wanted.PrimaryKey?.Columns.Contains(column.Name) == true || !column.IsNullable)
            {
                conflicts.Add((wanted.Name, $"the column \"{column.Name}\" is missing, and the records that are there have no value for it: add the column, or make the attribute optional until all have one."));
                continue;
            }
            column.DefaultValue = Filling(wanted.Name, column.Name, models);
            additions.Add((wanted.Name, column));
            if (wanted.ForeignKeys.FirstOrDefault(foreign => foreign.Columns.Contains(column.Name)) is { } key)
                additions.Add((wanted.Name, key));
        }
        foreach (var extra in stored.Columns.Where(column => !wanted.Columns.Exists(known => known.Name == column.Name)))
        {
            if (!extra.IsNullable && extra.DefaultValueSql is null && extra.ComputedColumnSql is null && extra.ValueGenerated is null)
                conflicts.Add((wanted.Name, $"the column \"{extra.Name}\" needs a value that no attribute gives: add the attribute, or drop the column."));
        }
    }

    // Records that are there already get what a new one would get that was given no value.
    private static object? Filling(string table, string column, DefinedModels models) =>
        models.Definitions.FirstOrDefault(model => model.Table == table)?.Attributes.FirstOrDefault(attribute => attribute.Column == column) is { } attribute
            && (attribute.Initial ?? (attribute.AllowsNull ? null : attribute.Type.BaseValue())) is { } json
                ? attribute.Type == DefinedType.Json ? json : Types.DefinedRecord.Read(attribute.Type.ClrType(), json)
                : null;

    private static bool HasIndex(IReadOnlyDictionary<string, DatabaseTable> stored, CreateIndexOperation wanted) =>
        stored.TryGetValue(wanted.Table, out var table)
        && (table.Indexes.Any(index => Same(index.Columns, wanted.Columns) && (index.IsUnique || !wanted.IsUnique))
            || table.UniqueConstraints.Any(unique => Same(unique.Columns, wanted.Columns)));

    private static bool HasForeignKey(IReadOnlyDictionary<string, DatabaseTable> stored, string table, string[] columns) =>
        stored.TryGetValue(table, out var known) && known.ForeignKeys.Any(foreign => Same(foreign.Columns, columns));

    private static bool Same(IEnumerable<DatabaseColumn> stored, IEnumerable<string> wanted) => stored.Select(column => column.Name).SequenceEqual(wanted);

    private static bool Fits(string? stored, string? wanted) => Kind(stored) == Kind(wanted);

    private static string Kind(string? type)
    {
        var name = (type ?? string.Empty).ToLowerInvariant();
        var open = name.IndexOf('(', StringComparison.Ordinal);
        return (open < 0 ? name : name[..open].Trim()) switch
        {
            "character varying" or "varchar" or "character" or "char" or "nvarchar" => "text",
            "smallint" or "integer" or "int" or "bigint" => "integer",
            "real" or "double" or "float" or "numeric" or "decimal" => "double precision",
            var other => other,
        };
    }
}
