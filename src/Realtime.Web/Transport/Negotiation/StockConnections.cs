using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Realtime.Web.Transport.Negotiation;

/// <summary>
/// Hands clients that come by server-sent events, long polling or HTTP/2 to the stock transports. These know only connections of
/// their own making: one is negotiated on the client's first request, and its token put in the place of the client's.
/// </summary>
internal sealed class StockConnections(Tickets tickets)
{
    private const string TokenKey = "id";

    /// <summary>The stock endpoint for everything but negotiation.</summary>
    public RequestDelegate? Execute { get; set; }

    /// <summary>The stock endpoint for negotiation.</summary>
    public RequestDelegate? Negotiate { get; set; }

    /// <summary>Lets the stock transports serve a request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (tickets.TryFind(context.Request.Query[TokenKey].ToString(), out var ticket) &&
            await ticket.StockTokenAsync(() => NegotiateAsync(context.RequestServices)) is { } stockToken)
        {
            context.Items[typeof(Ticket)] = ticket;
            var query = new Dictionary<string, StringValues>(context.Request.Query, StringComparer.OrdinalIgnoreCase) { [TokenKey] = stockToken };
            context.Request.Query = new QueryCollection(query);
        }

        await Execute!(context);
    }

    /// <summary>Runs the hub on a stock connection under the id that its client was told.</summary>
    public ConnectionDelegate Under(ConnectionDelegate hub) => async connection =>
    {
        if (connection.GetHttpContext()?.Items[typeof(Ticket)] is not Ticket ticket)
        {
            await hub(connection);
            return;
        }

        connection.ConnectionId = ticket.ConnectionId;
        Tickets.Hold(ticket);
        try
        {
            await hub(connection);
        }
        finally
        {
            tickets.Retire(ticket);
        }
    };

    private async Task<string?> NegotiateAsync(IServiceProvider services)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Post;
        context.Request.QueryString = QueryString.Create("negotiateVersion", 1.ToString(CultureInfo.InvariantCulture));
        context.Response.Body = body;
        await Negotiate!(context);
        return NegotiateProtocol.ParseResponse(body.ToArray()).ConnectionToken;
    }
}
