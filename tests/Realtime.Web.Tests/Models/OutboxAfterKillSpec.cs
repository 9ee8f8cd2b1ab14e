using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Realtime.Testing;

namespace Realtime.Web.Tests.Models;

public sealed class OutboxAfterKillOnSqliteSpec : OutboxAfterKillSpec
{
    [Fact]
    public Task Nothing_is_missing_and_nothing_is_out_of_order_after_a_hundred_kills() =>
        HoldsAfterKillsAsync(kills: 100, "sqlite", new SqliteConnectionStringBuilder { DataSource = Folder["ledger.db"] }.ToString());
}

public sealed class OutboxAfterKillOnPostgresSpec(Postgres postgres) : OutboxAfterKillSpec, IClassFixture<Postgres>
{
    /// <summary>Here the dead hold a lock, which the server has to take back.</summary>
    [SkippableFact]
    public Task Nothing_is_missing_and_nothing_is_out_of_order_after_twenty_kills() =>
        HoldsAfterKillsAsync(kills: 20, "postgres", postgres.ConnectionString);
}

/// <summary>Promise 5 where real processes are killed between commit and publish, and between publish and delete.</summary>
public abstract class OutboxAfterKillSpec : IDisposable
{
    private readonly TempFolder _folder = new();

    protected TempFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task HoldsAfterKillsAsync(int kills, string provider, string connection)
    {
        string[] places = ["before:1", "after:1", "commit:1", "before:3", "after:4", "commit:3", "before:6"];
        var left = 0;
        for (var kill = 0; kill < kills; kill++)
            left += (await LiveAsync(provider, connection, places[kill % places.Length]))["left"] == "0" ? 0 : 1;
        var committed = (await LiveAsync(provider, connection, "never"))["committed"].Split(',')
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();

        var (entries, balances, created) = Read();
        Assert.True(left > kills / 2, $"Only {left} of {kills} kills left something in the outbox.");
        Assert.Equal(1, created);
        Assert.Equal(committed, entries.Order());
        Assert.Equal(Enumerable.Range(2, committed.Count - 1), balances);
    }

    /// <summary>Lives until it dies; returns what it said of itself.</summary>
    private async Task<Dictionary<string, string>> LiveAsync(string provider, string connection, string death)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.TestAssembly("Realtime.Mortal"), provider, connection, Folder["events"], death])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var (said, errors) = (new Dictionary<string, string>(), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && line != "dying")
                said[line.Split(' ')[0]] = line.Split(' ')[1];
        }
        finally
        {
            // SIGKILL: no handler runs, nothing is flushed.
            if (death != "never" && !process.HasExited)
                process.Kill();
        }
        await process.WaitForExitAsync(patience.Token);
        var code = death == "never" ? 0 : 128 + 9;
        Assert.True(process.ExitCode == code, $"{death}: ended with {process.ExitCode}. {await errors}");
        return said;
    }

    // What arrived, each event once: a retry has the key of its first attempt.
    private (List<int> Entries, List<int> Balances, int Created) Read()
    {
        var (entries, balances, created, known) = (new List<int>(), new List<int>(), 0, new HashSet<string>());
        foreach (var line in File.ReadLines(Folder["events"]))
        {
            var parts = line.Split(' ', 3);
            if (!known.Add(parts[0]))
                continue;
            var happened = JsonNode.Parse(parts[2])!;
            switch (parts[1], (string)happened["verb"]!)
            {
                case ("entry", "created"):
                    entries.Add((int)happened["id"]!);
                    break;
                case ("account", "created"):
                    created++;
                    Assert.Empty(balances);
                    break;
                default:
                    balances.Add((int)happened["data"]!["balance"]!);
                    break;
            }
        }
        return (entries, balances, created);
    }
}
