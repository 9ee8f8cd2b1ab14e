using Realtime.Web.Transport.Negotiation;

namespace Realtime.Web.Tests.Transport.Negotiation;

public class TicketsSpec
{
    private readonly Clock _clock = new();
    private readonly Tickets _tickets;

    public TicketsSpec() => _tickets = new Tickets(_clock, TimeSpan.FromSeconds(15));

    [Fact]
    public void A_ticket_is_redeemed_once()
    {
        var ticket = _tickets.Issue(hasToken: true);
        Assert.True(_tickets.TryFind(ticket.Token, out var found));
        Assert.Same(ticket, found);
        Assert.True(_tickets.TryTake(ticket));
        Assert.False(_tickets.TryTake(ticket));
        Assert.False(_tickets.TryFind(ticket.Token, out _));
    }

    [Fact]
    public void A_connection_s_public_id_is_no_credential_where_there_is_a_token()
    {
        var ticket = _tickets.Issue(hasToken: true);
        Assert.False(_tickets.TryFind(ticket.ConnectionId, out _));
        var old = _tickets.Issue(hasToken: false);
        Assert.Equal(old.ConnectionId, old.Token);
    }

    [Fact]
    public void A_ticket_is_forgotten_when_its_client_does_not_come()
    {
        var ticket = _tickets.Issue(hasToken: true);
        _clock.Now += TimeSpan.FromSeconds(15);
        _tickets.Sweep(_clock.Now);
        Assert.True(_tickets.TryFind(ticket.Token, out _));
        _clock.Now += TimeSpan.FromSeconds(1);
        _tickets.Sweep(_clock.Now);
        Assert.False(_tickets.TryFind(ticket.Token, out _));
    }

    [Fact]
    public void A_ticket_in_use_by_a_stock_transport_stays_until_some_time_after()
    {
        var ticket = _tickets.Issue(hasToken: true);
        Tickets.Hold(ticket);
        _clock.Now += TimeSpan.FromDays(1);
        _tickets.Sweep(_clock.Now);
        Assert.True(_tickets.TryFind(ticket.Token, out _));

        _tickets.Retire(ticket);
        _tickets.Sweep(_clock.Now);
        Assert.True(_tickets.TryFind(ticket.Token, out _));
        _clock.Now += TimeSpan.FromSeconds(16);
        _tickets.Sweep(_clock.Now);
        Assert.False(_tickets.TryFind(ticket.Token, out _));
    }

    [Fact]
    public async Task The_stock_transports_are_asked_for_a_connection_once()
    {
        var ticket = _tickets.Issue(hasToken: true);
        Assert.False(ticket.IsStock);
        var asked = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ticket.StockTokenAsync(AskAsync))));
        Assert.Equal(1, asked);
        Assert.All(answers, answer => Assert.Equal("stock", answer));
        Assert.True(ticket.IsStock);

        async Task<string?> AskAsync()
        {
            asked++;
            await Task.Yield();
            return "stock";
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
