using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.Transport.Opening;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Transport;

/// <summary>
/// The server's half of the opening handshake (RFC 6455, section 4.2.2). No sub-protocol and no extension is agreed on:
/// compression would make each receiver's bytes its own.
/// </summary>
internal static class WebSocketUpgrade
{
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    // What a server's connection has for output as long as nothing stands between it and the socket.
    private static readonly Type BarePipe = new Pipe().Writer.GetType();

    /// <summary>
    /// Whether it is a WebSocket handshake that can be answered here. The middleware in front has checked method, version and
    /// key; HTTP/2 has no upgrade.
    /// </summary>
    public static bool IsAsked(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) &&
        context.WebSockets.IsWebSocketRequest &&
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>Answers the handshake.</summary>
    /// <param name="context">The request.</param>
    /// <param name="writesToSocket">Whether frames may go past the server's pipes.</param>
    /// <param name="handsOver">Whether the request may end before its connection does.</param>
    public static async Task<Upgraded> AcceptAsync(HttpContext context, bool writesToSocket, bool handsOver)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        // The server's own pipe spares a copy and a buffer; where it is not to be had, the stream serves.
        if (context.Features.Get<IConnectionTransportFeature>()?.Transport is not { } transport)
        {
            var options = new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true);
            return new Upgraded(PipeReader.Create(stream, options), new StreamWire(stream), Socket: null, OwnsInput: true, Handover: null);
        }

        var socket = writesToSocket && IsBare(context, transport) && !HasEarlyData(transport.Input)
            ? context.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;
        var handover = handsOver && context.Features.Get<Handover>() is { } whole && ReferenceEquals(whole.Transport, transport) ? whole : null;
        Wire wire = handover is null ? new StreamWire(stream) : new PipeWire(transport.Output);
        return new Upgraded(transport.Input, wire, socket, OwnsInput: false, handover);
    }

    private static string Accept(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol says SHA-1. It guards nothing: it shows that the server understood the request.
        SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    private static bool IsBare(HttpContext context, IDuplexPipe transport) =>
        context.Features.Get<ITlsHandshakeFeature>() is null && transport.Output.GetType() == BarePipe;

    /// <summary>
    /// Whether the client sent frames along with its handshake, against section 4.1. Then its first frame does not prove that it
    /// has read the answer. A client that sends them just after its handshake, still without waiting, escapes this check and
    /// may find a frame in front of the answer: nobody but itself is harmed.
    /// </summary>
    private static bool HasEarlyData(PipeReader input)
    {
        if (!input.TryRead(out var early))
        {
            return false;
        }

        input.AdvanceTo(early.Buffer.Start);
        return !early.Buffer.IsEmpty;
    }
}
