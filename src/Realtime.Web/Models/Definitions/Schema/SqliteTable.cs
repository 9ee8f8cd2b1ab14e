using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;

namespace Realtime.Web.Models.Definitions.Schema;

/// <summary>What SQLite says of a table: columns and unique or other indexes.</summary>
internal static class SqliteTable
{
    /// <summary>Reads a table; null if there is none of this name.</summary>
    public static DatabaseTable? Read(DbConnection connection, string name)
    {
        var table = new DatabaseTable { Name = name, Database = null };
        foreach (var row in Query(connection, "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(@name)", name))
        {
            table.Columns.Add(new DatabaseColumn
            {
                Table = table, Name = (string)row[0]!, StoreType = ((string)row[1]!).ToUpperInvariant(), IsNullable = (long)row[2]! == 0 && (long)row[4]! == 0,
                DefaultValueSql = row[3] as string,
                // 2 and 3 are the columns that SQLite computes.
                ComputedColumnSql = (long)row[5]! > 1 ? "computed" : null,
                // A key that is left out gets a number.
                ValueGenerated = (long)row[4]! > 0 ? ValueGenerated.OnAdd : null,
            });
        }
        if (table.Columns.Count == 0)
            return null;
        foreach (var row in Query(connection, "SELECT name, \"unique\" FROM pragma_index_list(@name) WHERE partial = 0", name))
        {
            var index = new DatabaseIndex { Table = table, Name = (string)row[0]!, IsUnique = (long)row[1]! != 0 };
            foreach (var part in Query(connection, "SELECT name FROM pragma_index_info(@name) ORDER BY seqno", index.Name))
            {
                // An expression has no name.
                if (table.Columns.FirstOrDefault(column => column.Name == part[0] as string) is { } column)
                    index.Columns.Add(column);
            }
            table.Indexes.Add(index);
        }
        return table;
    }

    private static List<object?[]> Query(DbConnection connection, string text, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@name", name);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }
        return rows;
    }
}
