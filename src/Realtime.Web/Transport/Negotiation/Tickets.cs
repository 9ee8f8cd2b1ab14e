using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Realtime.Web.Transport.Negotiation;

/// <summary>The connections that were negotiated and whose clients have not come by WebSocket, by token.</summary>
internal sealed class Tickets(TimeProvider time, TimeSpan timeout)
{
    private const int IdBytes = 16;     // as many random bits as SignalR's own ids have

    private readonly ConcurrentDictionary<string, Ticket> _waiting = new(StringComparer.Ordinal);

    /// <summary>Makes a ticket that is used at once.</summary>
    /// <param name="hasToken">Whether the client understands a token that differs from the id.</param>
    public Ticket New(bool hasToken)
    {
        var id = NewId();
        return new Ticket(id, hasToken ? NewId() : id, time.GetUtcNow() + timeout);
    }

    /// <summary>Makes a ticket for a client that will come with its token.</summary>
    /// <param name="hasToken">Whether the client understands a token that differs from the id.</param>
    public Ticket Issue(bool hasToken)
    {
        var ticket = New(hasToken);
        _waiting[ticket.Token] = ticket;
        return ticket;
    }

    /// <summary>Finds the ticket of a token.</summary>
    public bool TryFind(string token, [NotNullWhen(true)] out Ticket? ticket) => _waiting.TryGetValue(token, out ticket);

    /// <summary>Redeems a ticket: only one connection can.</summary>
    public bool TryTake(Ticket ticket) => _waiting.TryRemove(ticket.Token, out _);

    /// <summary>Keeps the ticket while its stock connection is in use.</summary>
    public static void Hold(Ticket ticket) => ticket.Expires = DateTimeOffset.MaxValue;

    /// <summary>Lets the ticket go, but not before a last poll could have used it.</summary>
    public void Retire(Ticket ticket) => ticket.Expires = time.GetUtcNow() + timeout;

    /// <summary>Forgets whose clients did not come.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var (token, ticket) in _waiting)
        {
            if (ticket.Expires < now)
            {
                _waiting.TryRemove(token, out _);
            }
        }
    }

    // Unguessable, since it can be a credential.
    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
