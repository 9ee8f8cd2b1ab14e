using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Web.Transport.Negotiation;
using Realtime.Web.Transport.Opening;

namespace Realtime.Web.Transport;

/// <summary>Serves the requests for one hub: WebSockets over HTTP/1.1 itself, all else by the stock transports.</summary>
internal sealed class HubEndpoint
{
    private readonly FastTransportOptions _options;
    private readonly ConnectionDelegate _hub;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Tickets _tickets;
    private readonly IServiceScopeFactory _scopes;
    private readonly bool _handsOver;
    private readonly OpenConnections _open = new();
    private PipeOptions _hubPipe = PipeOptions.Default;
    private volatile bool _isStopping;

    public HubEndpoint(FastTransportOptions options, ConnectionDelegate hub, IServiceProvider services)
    {
        (_options, _hub) = (options, hub);
        _metrics = new TransportMetrics(services.GetRequiredService<IMeterFactory>());
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<HubEndpoint>();
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _tickets = new Tickets(time, options.NegotiationTimeout);
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        // The server counts them by their requests.
        _handsOver = options.OutlivesRequest && services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxConcurrentUpgradedConnections is null;
        Stock = new StockConnections(_tickets);
        Negotiator = new Negotiator(_tickets, options.Dispatcher);
        var heartbeat = new Heartbeat(_open, _tickets, time, _logger);
        lifetime.ApplicationStarted.Register(() => _ = heartbeat.RunAsync(lifetime.ApplicationStopped));
        lifetime.ApplicationStopping.Register(Stop);
    }

    /// <summary>Answers negotiate requests.</summary>
    public Negotiator Negotiator { get; }

    /// <summary>The stock transports.</summary>
    public StockConnections Stock { get; }

    /// <summary>Serves a request to the hub's path.</summary>
    public Task ServeAsync(HttpContext context) =>
        _options.Dispatcher.Transports.HasFlag(HttpTransportType.WebSockets) && WebSocketUpgrade.IsAsked(context)
            ? ServeWebSocketAsync(context)
            : Stock.ServeAsync(context);

    private async Task ServeWebSocketAsync(HttpContext context)
    {
        var token = context.Request.Query["id"].ToString();
        var ticket = await AdmitAsync(context, token);
        if (ticket is null)
        {
            return;
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        context.Features.Get<IHttpActivityFeature>()?.Activity.AddTag("http.long_running", "true");

        var upgraded = await WebSocketUpgrade.AcceptAsync(context, _options.WritesToSocket, _handsOver);
        var pipe = HubPipe(context);
        if (upgraded.Handover is { } handover)
        {
            var request = new PastRequest(context, handover.Connection, _scopes);
            handover.To(() => RunAsync(ticket, request, upgraded, pipe));
        }
        else
        {
            await RunAsync(ticket, new LiveRequest(context), upgraded, pipe);
        }
    }

    private async Task RunAsync(Ticket ticket, OpeningRequest request, Upgraded upgraded, PipeOptions pipe)
    {
        var connection = new WebSocketConnection(ticket.ConnectionId, request, upgraded, _options, pipe, _metrics, _logger);
        Log.Opened(_logger, ticket.ConnectionId, upgraded.Socket is null ? "the server" : "the socket");
        _metrics.Opened();
        _open.Add(ticket.Token, connection);
        if (_isStopping)
        {
            connection.RequestClose();
        }

        try
        {
            await connection.RunAsync(_hub);
        }
        finally
        {
            _open.Remove(ticket.Token);
            _metrics.Ended();
        }
    }

    /// <summary>
    /// The ticket that a client comes with, or a new one if it has negotiated nothing. None: the request was answered otherwise.
    /// </summary>
    private async ValueTask<Ticket?> AdmitAsync(HttpContext context, string token)
    {
        if (token.Length == 0)
        {
            return _tickets.New(hasToken: false);
        }

        if (_open.Contains(token))
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, string.Empty);
        }
        else if (!_tickets.TryFind(token, out var ticket))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "No Connection with that ID");
        }
        else if (ticket.IsStock)
        {
            await Stock.ServeAsync(context);
        }
        else if (_tickets.TryTake(ticket))
        {
            return ticket;
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, string.Empty);
        }

        return null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "text/plain");
        return context.Response.WriteAsync(text);
    }

    /// <summary>How received bytes wait for the hub: in the server's own blocks, as far as the options allow.</summary>
    private PipeOptions HubPipe(HttpContext context)
    {
        var pool = context.Features.Get<IMemoryPoolFeature>()?.MemoryPool;
        var shared = Volatile.Read(ref _hubPipe);
        if (ReferenceEquals(shared, PipeOptions.Default) || (pool is not null && !ReferenceEquals(shared.Pool, pool)))
        {
            var limit = _options.Dispatcher.ApplicationMaxBufferSize;

            // The hub runs on the thread that has read its bytes: a hop per message would cost more than most methods do.
            shared = new PipeOptions(
                pool,
                readerScheduler: PipeScheduler.Inline,
                writerScheduler: PipeScheduler.ThreadPool,
                pauseWriterThreshold: limit,
                resumeWriterThreshold: limit / 2,
                useSynchronizationContext: false);
            Volatile.Write(ref _hubPipe, shared);
        }

        return shared;
    }

    private void Stop()
    {
        _isStopping = true;
        foreach (var connection in _open)
        {
            connection.RequestClose();
        }
    }
}
