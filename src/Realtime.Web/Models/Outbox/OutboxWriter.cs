using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Realtime.Web.Models.Changes;

namespace Realtime.Web.Models.Outbox;

/// <summary>
/// Writes events into the outbox with commands of its own: not through the context, whose change tracker belongs to the
/// application.
/// </summary>
internal static class OutboxWriter
{
    // Eight parameters each; SQLite took 999 of them for most of its life.
    private const int RowsPerCommand = 100;

    private static readonly string[] Columns =
    [
        nameof(OutboxRow.Save), nameof(OutboxRow.Ordinal), nameof(OutboxRow.Model), nameof(OutboxRow.Record),
        nameof(OutboxRow.Verb), nameof(OutboxRow.Envelope), nameof(OutboxRow.Omit), nameof(OutboxRow.WrittenAt),
    ];

    /// <summary>The commands to be run in the transaction of the save, one after the other; the caller disposes of each.</summary>
    public static IEnumerable<DbCommand> Commands(
        DbContext context, DbTransaction? transaction, ChangeSet save, IReadOnlyList<ModelEvent> events, DateTimeOffset now)
    {
        var insert = Insert(context);
        for (var from = 0; from < events.Count; from += RowsPerCommand)
        {
            var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction;
            var (text, until) = (new StringBuilder(insert), Math.Min(events.Count, from + RowsPerCommand));
            for (var i = from; i < until; i++)
            {
                var row = events[i];
                text.Append(i == from ? "(" : ", (");
                Add(command, text, save.Id);
                Add(command, text.Append(", "), i);
                Add(command, text.Append(", "), row.Model.Value);
                Add(command, text.Append(", "), row.Record.Value);
                Add(command, text.Append(", "), (int)row.Verb);
                Add(command, text.Append(", "), row.Envelope);
                Add(command, text.Append(", "), (object?)save.Origin.Omit?.Value ?? DBNull.Value);
                Add(command, text.Append(", "), now.ToUnixTimeMilliseconds());
                text.Append(')');
            }
            command.CommandText = text.ToString();
            yield return command;
        }
    }

    private static string Insert(DbContext context)
    {
        var (entity, names) = (context.Model.FindEntityType(typeof(OutboxRow))!, context.GetService<ISqlGenerationHelper>());
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var columns = Columns.Select(column => names.DelimitIdentifier(entity.FindProperty(column)!.GetColumnName(table)!));
        return $"INSERT INTO {names.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", columns)}) VALUES ";
    }

    private static void Add(DbCommand command, StringBuilder text, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count}";
        parameter.Value = value;
        command.Parameters.Add(parameter);
        text.Append(parameter.ParameterName);
    }
}
