using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.Transport.Negotiation;

/// <summary>
/// Answers a client's negotiate request, in either version of the protocol. The stock answer would make a stock connection
/// with its pipes for each client, and one that a WebSocket of ours could not take over.
/// </summary>
internal sealed class Negotiator(Tickets tickets, HttpConnectionDispatcherOptions options)
{
    private const int Version = 1;

    private static readonly AvailableTransport WebSockets = Transport(HttpTransportType.WebSockets, TransferFormat.Text, TransferFormat.Binary);
    private static readonly AvailableTransport ServerSentEvents = Transport(HttpTransportType.ServerSentEvents, TransferFormat.Text);
    private static readonly AvailableTransport LongPolling = Transport(HttpTransportType.LongPolling, TransferFormat.Text, TransferFormat.Binary);

    /// <summary>Answers the request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            (context.Response.StatusCode, context.Response.ContentType) = (StatusCodes.Status405MethodNotAllowed, "text/plain");
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        NegotiateProtocol.WriteResponse(Answer(context), body);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory);
    }

    private NegotiationResponse Answer(HttpContext context)
    {
        var asked = context.Request.Query["negotiateVersion"].ToString();
        var version = 0;
        if (asked.Length > 0 && !int.TryParse(asked, NumberStyles.Integer, CultureInfo.InvariantCulture, out version))
        {
            return new NegotiationResponse { Error = "The client requested a non-integer protocol version." };
        }

        if (version < options.MinimumProtocolVersion)
        {
            return new NegotiationResponse
            {
                Error = $"The client requested version '{version}', but the server does not support this version.",
            };
        }

        version = Math.Min(version, Version);
        var ticket = tickets.Issue(hasToken: version > 0);
        return new NegotiationResponse
        {
            Version = version,
            ConnectionId = ticket.ConnectionId,
            ConnectionToken = ticket.Token,
            AvailableTransports = [.. Available(context)],
        };
    }

    private IEnumerable<AvailableTransport> Available(HttpContext context)
    {
        if (options.Transports.HasFlag(HttpTransportType.WebSockets) && context.Features.Get<IHttpWebSocketFeature>() is not null)
        {
            yield return WebSockets;
        }

        if (options.Transports.HasFlag(HttpTransportType.ServerSentEvents))
        {
            yield return ServerSentEvents;
        }

        if (options.Transports.HasFlag(HttpTransportType.LongPolling))
        {
            yield return LongPolling;
        }
    }

    private static AvailableTransport Transport(HttpTransportType type, params TransferFormat[] formats) =>
        new() { Transport = type.ToString(), TransferFormats = [.. formats.Select(format => format.ToString())] };
}
