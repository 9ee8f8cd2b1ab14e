using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Realtime.Testing;

namespace Realtime.Web.Tests.Models;

public sealed class OutboxAfterKillOnSqliteSpec() : OutboxAfterKillSpec(processes: 100, applications: 1)
{
    [Fact]
    public Task Nothing_is_missing_and_nothing_is_out_of_order_after_a_hundred_kills() => HoldsAfterKillsAsync(
        "sqlite", [.. Enumerable.Range(0, Applications).Select(i => new SqliteConnectionStringBuilder { DataSource = Folder[$"ledger-{i}.db"] }.ToString())]);
}

public sealed class OutboxAfterKillOnPostgresSpec() : OutboxAfterKillSpec(processes: 20, applications: 5), IAsyncLifetime
{
    private readonly Postgres[] _databases = [.. Enumerable.Range(0, 5).Select(_ => new Postgres())];

    public async Task InitializeAsync()
    {
        foreach (var database in _databases)
            await database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
    }

    /// <summary>Here the dead hold a lock, which the server has to take back.</summary>
    [SkippableFact]
    public Task Nothing_is_missing_and_nothing_is_out_of_order_after_a_hundred_kills() =>
        HoldsAfterKillsAsync("postgres", [.. _databases.Select(database => database.ConnectionString)]);
}

/// <summary>Promise 5 where real processes are killed between commit and publish, and between publish and delete.</summary>
/// <remarks>
/// A process costs more than a second of a processor, nearly all of it to start. So on one of the two databases each carries several
/// applications, which have nothing else in common, and is killed when every one of them stands at the place of its own death.
/// </remarks>
public abstract class OutboxAfterKillSpec(int processes, int applications) : IDisposable
{
    private const string Never = "never";

    private readonly TempFolder _folder = new();

    protected int Applications => applications;

    protected TempFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task HoldsAfterKillsAsync(string provider, string[] connections)
    {
        string[] places = ["before:1", "after:1", "commit:1", "before:3", "after:4", "commit:3", "before:6"];
        var left = 0;
        for (var process = 0; process < processes; process++)
        {
            var first = process * applications;
            var said = await LiveAsync(provider, connections, application => places[(first + application) % places.Length]);
            left += Enumerable.Range(0, applications).Count(application => said[$"{application} left"] != "0");
        }
        var last = await LiveAsync(provider, connections, _ => Never);
        Assert.True(left > processes * applications / 2, $"Only {left} of {processes * applications} kills left something in the outbox.");
        for (var application = 0; application < applications; application++)
        {
            var committed = last[$"{application} committed"].Split(',').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
            var (entries, balances, created) = Read(application);
            Assert.Equal(1, created);
            Assert.Equal(committed, entries.Order());
            Assert.Equal(Enumerable.Range(2, committed.Count - 1), balances);
        }
    }

    /// <summary>Lives until it dies; returns what its applications said of themselves.</summary>
    private async Task<Dictionary<string, string>> LiveAsync(string provider, string[] connections, Func<int, string> deathOf)
    {
        var dies = deathOf(0) != Never;
        var start = new ProcessStartInfo(
            "dotnet",
            [Repository.TestAssembly("Realtime.Mortal"), provider, .. connections.Index().SelectMany(it => (string[])[it.Item, Paper(it.Index), deathOf(it.Index)])])
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
            {
                var value = line.LastIndexOf(' ');
                said[line[..value]] = line[(value + 1)..];
            }
        }
        finally
        {
            // SIGKILL: no handler runs, nothing is flushed.
            if (dies && !process.HasExited)
                process.Kill();
        }
        await process.WaitForExitAsync(patience.Token);
        var code = dies ? 128 + 9 : 0;
        Assert.True(process.ExitCode == code, $"Ended with {process.ExitCode}. {await errors}");
        return said;
    }

    private string Paper(int application) => Folder[$"events-{application}"];

    // What arrived, each event once: a retry has the key of its first attempt.
    private (List<int> Entries, List<int> Balances, int Created) Read(int application)
    {
        var (entries, balances, created, known) = (new List<int>(), new List<int>(), 0, new HashSet<string>());
        foreach (var line in File.ReadLines(Paper(application)))
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
