using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Realtime.Host.Tests.Clients;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>Rooms whose members were lost with their node, and that nobody asks for ever again, leave nothing in the database.</summary>
public abstract class ForgottenRoomsSpec
{
    private const int Rooms = 40;

    /// <summary>Where the journal is.</summary>
    protected abstract HostSetup Setup { get; }

    [SkippableFact]
    public async Task Rooms_that_nobody_asks_for_after_kill_9_leave_no_rows_and_those_of_members_that_came_back_stay()
    {
        await using var host = await HostProcess.StartAsync(Setup.With("Realtime:ResumeWindow", "01:00:00").With("Realtime:Rooms:IdleAfter", "00:00:01"));
        var back = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        var (hello, kept) = ((await back.InvokeAsync("Hello"))!, AnyRoom.Name());
        var joined = (JsonObject)(await back.InvokeAsync("Join", kept))!;
        joined.Remove("members");
        await JoinAsync(host);
        await host.KillAsync();
        await back.DisposeAsync();

        await host.StartAgainAsync(Setup.With("Realtime:ResumeWindow", "00:00:05").With("Realtime:Rooms:IdleAfter", "00:00:01"));
        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        await member.InvokeAsync("Resume", (string)hello["resumeToken"]!, new JsonArray(joined));

        await Eventually.HoldsAsync(async () => Assert.Equal([$"room:{kept}"], await StoredAsync(host)), TimeSpan.FromSeconds(60));
        Assert.Equal([(string)hello["socketId"]!], await host.MembersAsync(kept));
    }

    /// <summary>Opens the database.</summary>
    protected abstract DbConnection Connect(HostProcess host);

    // Most have gone to rest, with a snapshot, and some have rows only. Names that are too long for a persistence id are hashed in it.
    private async Task JoinAsync(HostProcess host)
    {
        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        for (var i = 0; i < Rooms; i++)
            await member.InvokeAsync("Join", i % 4 == 0 ? new StringBuilder($"{i}").Append('x', 250).ToString() : $"room {i}");
        await Eventually.TrueAsync(async () => (await StoredAsync(host, "SELECT persistence_id FROM snapshot")).Length > Rooms);
        for (var i = 0; i < 5; i++)
            await member.InvokeAsync("Join", i == 0 ? new string('y', 250) : $"late room {i}");
    }

    private async Task<string[]> StoredAsync(HostProcess host, string ids = "SELECT persistence_id FROM journal UNION SELECT persistence_id FROM snapshot")
    {
        await using var connection = Connect(host);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = ids;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
            found.Add(reader.GetString(0));
        return [.. found.Where(id => id.StartsWith("room", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}

/// <summary>With the embedded journal.</summary>
public sealed class SqliteForgottenRoomsSpec : ForgottenRoomsSpec
{
    /// <inheritdoc/>
    protected override HostSetup Setup { get; } = new();

    /// <inheritdoc/>
    protected override DbConnection Connect(HostProcess host) =>
        new SqliteConnection($"Data Source={Path.Combine(host.Data, "realtime.db")};Mode=ReadOnly;Pooling=False");
}

/// <summary>With the journal of a cluster.</summary>
public sealed class PostgresForgottenRoomsSpec(Postgres postgres) : ForgottenRoomsSpec, IClassFixture<Postgres>
{
    /// <inheritdoc/>
    protected override HostSetup Setup => new HostSetup()
        .With("Realtime:Persistence:Provider", "postgres")
        .With("Realtime:Persistence:ConnectionString", postgres.ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection Connect(HostProcess host) => new NpgsqlConnection(postgres.ConnectionString);
}
