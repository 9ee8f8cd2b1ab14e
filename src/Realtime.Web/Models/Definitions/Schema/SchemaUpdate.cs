using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Web.Models.Outbox;

namespace Realtime.Web.Models.Definitions.Schema;

/// <summary>Makes the tables fit the definitions, as far as it may.</summary>
internal sealed class SchemaUpdate(DefinedContext context, ModelSettings settings, IHostEnvironment environment, ILogger log)
{
    // Any number will do, as long as all nodes have the same one.
    private const long LockNumber = 7_326_584_201;

    private readonly Migrate _fallback = settings.Migrate ?? (environment.IsDevelopment() ? Migrate.Alter : Migrate.Safe);

    private bool IsPostgres => context.Database.IsNpgsql();

    /// <summary>Compares, and changes what may be changed: all of it or nothing.</summary>
    /// <exception cref="ModelDefinitionException">The tables do not fit, and may not, or cannot, be made to.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var modes = Modes();
        if (modes.ContainsValue(Migrate.Drop) && !environment.IsDevelopment())
            throw new ModelDefinitionException([$"migrate: drop destroys all records, so it is for Development only, and this is {environment.EnvironmentName}: use alter or safe."]);
        var store = context.GetService<IRelationalDatabaseCreator>();
        if (!await store.ExistsAsync(cancellation))
        {
            if (modes.Values.All(mode => mode == Migrate.Safe))
                throw new ModelDefinitionException([Advice("There is no database for the models.", SchemaPlan.WholeOf(context))]);
            await store.CreateAsync(cancellation);
        }
        await context.Database.OpenConnectionAsync(cancellation);
        try
        {
            await UpdateAsync(modes, cancellation);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private async Task UpdateAsync(Dictionary<string, Migrate> modes, CancellationToken cancellation)
    {
        // SQLite has no way to drop a table that others refer to, other than not to look; it can be said outside a transaction only.
        if (!IsPostgres && modes.ContainsValue(Migrate.Drop))
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF", cancellation);
        await using (var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation))
        {
            // Nodes that start together do it one after the other.
            if (IsPostgres)
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockNumber})", cancellation);
            var stored = Read(modes);
            foreach (var table in stored.Keys.Where(name => modes[name] == Migrate.Drop).ToArray())
                await DropAsync(table, cancellation);
            await AddAsync(SchemaPlan.Of(SchemaPlan.WholeOf(context), Read(modes), context.Models), modes, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        if (!IsPostgres && modes.ContainsValue(Migrate.Drop))
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON", cancellation);
    }

    private async Task AddAsync(SchemaPlan plan, Dictionary<string, Migrate> modes, CancellationToken cancellation)
    {
        var problems = plan.Conflicts.Select(conflict => $"{FileOf(conflict.Table)}: {conflict.Sentence}").ToList();
        if (plan.Additions.Where(addition => modes[addition.Table] == Migrate.Safe).Select(addition => addition.Operation).ToArray() is { Length: > 0 } missing)
            problems.Add(Advice("The tables lack what the definitions ask for.", missing));
        if (problems.Count > 0)
            throw new ModelDefinitionException(problems);
        foreach (var (table, statement) in Statements(plan.Additions))
        {
            Log.SchemaChanged(log, statement.Trim());
            try
            {
                await context.Database.ExecuteSqlRawAsync(Escaped(statement), cancellation);
            }
            catch (System.Data.Common.DbException refused)
            {
                throw new ModelDefinitionException([$"{FileOf(table)}: the datastore refused \"{statement.Trim()}\": {refused.Message}. Nothing was changed."]);
            }
        }
    }

    private Dictionary<string, Migrate> Modes()
    {
        var modes = context.Models.Definitions.ToDictionary(model => model.Table, model => model.Migrate ?? _fallback);
        foreach (var entity in context.Model.GetEntityTypes())
        {
            if (modes.ContainsKey(entity.GetTableName()!))
                continue;
            // A join table is as both of its ends are, and where they differ as the more careful one is; the outbox as most are.
            var ends = entity.GetForeignKeys().Select(foreign => modes[foreign.PrincipalEntityType.GetTableName()!]).ToArray();
            modes[entity.GetTableName()!] = entity.ClrType != typeof(OutboxRow) && ends.Length > 0 ? ends.Min()
                : modes.Values.Any(mode => mode != Migrate.Safe) ? Migrate.Alter
                : Migrate.Safe;
        }
        return modes;
    }

    private Dictionary<string, DatabaseTable> Read(Dictionary<string, Migrate> modes) =>
        StoredSchema.Read(context, context.Database.GetDbConnection(), [.. modes.Keys]);

    private async Task DropAsync(string table, CancellationToken cancellation)
    {
        var name = context.GetService<ISqlGenerationHelper>().DelimitIdentifier(table);
        await context.Database.ExecuteSqlRawAsync(Escaped($"DROP TABLE {name}{(IsPostgres ? " CASCADE" : "")}"), cancellation);
    }

    private string Advice(string what, IReadOnlyList<MigrationOperation> missing) =>
        $"{what} migrate is safe, so nothing was changed: start the service once with Realtime:Models:Migrate=alter, or execute\n"
        + string.Join('\n', Statements([.. missing.Select(operation => (string.Empty, operation))]).Select(statement => statement.Text.Trim()));

    private IEnumerable<(string Table, string Text)> Statements(IReadOnlyList<(string Table, MigrationOperation Operation)> additions)
    {
        var (writer, model) = (context.GetService<IMigrationsSqlGenerator>(), context.GetService<IDesignTimeModel>().Model);
        var references = IsPostgres ? [] : additions.Select(addition => addition.Operation).OfType<AddForeignKeyOperation>().ToArray();
        foreach (var create in additions.Select(addition => addition.Operation).OfType<CreateTableOperation>())
            create.ForeignKeys.AddRange(references.Where(foreign => foreign.Table == create.Name && !create.ForeignKeys.Contains(foreign)));
        foreach (var (table, operation) in additions)
        {
            // In SQLite a reference stands where its table or its column is made.
            if (operation is AddForeignKeyOperation && !IsPostgres)
                continue;
            foreach (var command in writer.Generate([operation], model))
            {
                var reference = operation is AddColumnOperation column ? Array.Find(references, foreign => foreign.Table == table && foreign.Columns.Contains(column.Name)) : null;
                yield return (table, reference is null ? command.CommandText : command.CommandText.TrimEnd().TrimEnd(';') + References(reference));
            }
        }
    }

    private string References(AddForeignKeyOperation foreign)
    {
        var names = context.GetService<ISqlGenerationHelper>();
        return $" REFERENCES {names.DelimitIdentifier(foreign.PrincipalTable)} ({names.DelimitIdentifier(foreign.PrincipalColumns![0])}) ON DELETE SET NULL;";
    }

    private string FileOf(string table) => context.Models.Definitions.FirstOrDefault(model => model.Table == table)?.File ?? $"table \"{table}\"";

    // Braces would be places for parameters.
    private static string Escaped(string statement) =>
        statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
