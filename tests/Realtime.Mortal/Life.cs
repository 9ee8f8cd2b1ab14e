using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Web.Models;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Topics;

namespace Realtime.Mortal;

/// <summary>
/// The life of an application that has an outbox and nothing else: it changes records until its death, or, where it has none, until the
/// outbox is empty. Several share a process and nothing but that.
/// </summary>
/// <param name="provider"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="connection">The connection string of its database.</param>
/// <param name="paper">The file of its events.</param>
/// <param name="death">Where it ends.</param>
internal sealed class Life(string provider, string connection, string paper, Death death)
{
    private const int Changes = 4;

    /// <summary>Lives; says what it found in the outbox, and, if it does not die, which entries were ever committed.</summary>
    public async Task LiveAsync(Action<string> say)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<ITopics>(new PaperTopics(paper, death));
        builder.Services.AddDbContext<Ledger>(context => _ = provider == "sqlite" ? context.UseSqlite(connection) : context.UseNpgsql(connection));
        builder.Services.AddRealtimeModels<Ledger>(models => models.Outbox.PollEvery = TimeSpan.FromMilliseconds(20));
        using var host = builder.Build();

        await using var scope = host.Services.CreateAsyncScope();
        var ledger = scope.ServiceProvider.GetRequiredService<Ledger>();
        await ledger.Database.EnsureCreatedAsync();
        say($"left {await ledger.Set<OutboxRow>().CountAsync()}");
        await host.StartAsync();
        if (death.Comes)
        {
            await ChangeAsync(ledger);
            await Task.Delay(Timeout.Infinite);     // death is on its way: some event of these changes meets it
        }
        while (await ledger.Set<OutboxRow>().AnyAsync())
            await Task.Delay(10);
        say($"committed {string.Join(',', await ledger.Entries.Select(entry => entry.Id).Order().ToListAsync())}");
        await host.StopAsync();
    }

    private async Task ChangeAsync(Ledger ledger)
    {
        var account = await ledger.Accounts.SingleOrDefaultAsync() ?? ledger.Add(new Account()).Entity;
        for (var change = 0; change < Changes; change++)
        {
            account.Balance++;
            ledger.Add(new Entry());
            await ledger.SaveChangesAsync();
            await death.PassAsync("commit");
        }
    }
}
