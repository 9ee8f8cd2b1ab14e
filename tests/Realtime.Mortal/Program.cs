// An application that has an outbox and nothing else, made to be killed: it changes records until its death, or, where it has none,
// until the outbox is empty. Arguments: sqlite|postgres, a connection string, the file of the events, the place of death.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Mortal;
using Realtime.Web.Models;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Topics;

const int Changes = 4;
var (provider, connection, paper, death) = (args[0], args[1], args[2], Death.Parse(args[3]));

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<ITopics>(new PaperTopics(paper, death));
builder.Services.AddDbContext<Ledger>(context => _ = provider == "sqlite" ? context.UseSqlite(connection) : context.UseNpgsql(connection));
builder.Services.AddRealtimeModels<Ledger>(models => models.Outbox.PollEvery = TimeSpan.FromMilliseconds(20));
using var host = builder.Build();

await using var scope = host.Services.CreateAsyncScope();
var ledger = scope.ServiceProvider.GetRequiredService<Ledger>();
await ledger.Database.EnsureCreatedAsync();
Console.WriteLine($"left {await ledger.Set<OutboxRow>().CountAsync()}");
await host.StartAsync();

if (args[3] == "never")
{
    while (await ledger.Set<OutboxRow>().AnyAsync())
        await Task.Delay(10);
    Console.WriteLine($"committed {string.Join(',', await ledger.Entries.Select(entry => entry.Id).Order().ToListAsync())}");
    await host.StopAsync();
    return;
}
var account = await ledger.Accounts.SingleOrDefaultAsync() ?? ledger.Add(new Account()).Entity;
for (var change = 0; change < Changes; change++)
{
    account.Balance++;
    ledger.Add(new Entry());
    await ledger.SaveChangesAsync();
    await death.PassAsync("commit");
}
await Task.Delay(Timeout.Infinite);     // death is on its way: some event of these changes meets it
