using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Opening;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Transport;

/// <summary>
/// One client's WebSocket, as the hub's dispatcher sees it: a <see cref="ConnectionContext"/>. It brings the three parts to one
/// end: what is received, what is sent, and the hub.
/// </summary>
internal sealed partial class WebSocketConnection : ConnectionContext, IDuplexPipe, IQueueOwner
{
    // Whoever is told that its connection is gone reads no more, also not what the client said before it closed, its goodbye among it. But a
    // call at work that waits for just that is told soon.
    private static readonly TimeSpan TimeToRead = TimeSpan.FromSeconds(2);

    private readonly OpeningRequest _request;
    private readonly Upgraded _upgraded;
    private readonly FastTransportOptions _options;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;
    private readonly FrameQueue _queue;
    private readonly HubOutput _output;
    private readonly Pipe _toHub;
    private readonly Receiver _receiver;

    public WebSocketConnection(
        string connectionId, OpeningRequest request, Upgraded upgraded, FastTransportOptions options, PipeOptions hubPipe,
        TransportMetrics metrics, ILogger logger)
    {
        (ConnectionId, _upgraded, _options, _metrics, _logger) = (connectionId, upgraded, options, metrics, logger);
        (_request, User) = (request, request.User);
        Features = new ConnectionFeatures(OwnFeature);
        ConnectionClosed = _closed.Token;
        ConnectionClosedRequested = _closeRequested.Token;
        _queue = new FrameQueue(upgraded.Wire, options.MaxQueuedBytes, this);
        _output = new HubOutput(_queue, this);
        _toHub = new Pipe(hubPipe);
        _receiver = new Receiver(upgraded.Input, _toHub.Writer, _queue, ClientIsReady);
        Transport = this;
    }

    PipeReader IDuplexPipe.Input => _toHub.Reader;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Serves the client until it is gone and the hub has taken note of it.</summary>
    public async Task RunAsync(ConnectionDelegate hub)
    {
        var running = RunHubAsync(hub);
        var receiving = ReceiveAsync();
        if (await Task.WhenAny(receiving, running).ConfigureAwait(false) == running)
        {
            await CloseAsync(receiving, running).ConfigureAwait(false);
        }
        else
        {
            var end = await receiving.ConfigureAwait(false);
            await FollowAsync(end).ConfigureAwait(false);
            if (end == ReceiveEnd.ClientClosed)
            {
                await running.WaitAsync(TimeToRead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Fire(_closed);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Exception is { InnerException: { } failure })
        {
            Log.HubFailed(_logger, ConnectionId, failure);
        }

        _queue.Break();
        _output.Complete();
        await _toHub.Reader.CompleteAsync().ConfigureAwait(false);
        await _upgraded.DisposeAsync().ConfigureAwait(false);
        await _request.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The shared timer's tick.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (_options.Dispatcher.CloseOnAuthenticationExpiration && _request.Expires < now)
        {
            RequestClose();
        }

        var limit = _options.Dispatcher.TransportSendTimeout;
        if (limit != Timeout.InfiniteTimeSpan && _queue.IsStuck(limit))
        {
            Log.SendTimedOut(_logger, ConnectionId, limit);
            _metrics.Stuck();
            Abort();
        }

        Beat();
    }

    /// <summary>Asks the hub to end: it tells its client that it may come back, then closes.</summary>
    public void RequestClose() => Fire(_closeRequested);

    /// <inheritdoc cref="IFrameWriter.Abort"/>
    public override void Abort()
    {
        Fire(_closed);
        _queue.Break();
        _request.Abort();
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    void IQueueOwner.WriteFailed(Exception e)
    {
        Log.WriteFailed(_logger, ConnectionId, e);

        // Not here: an abort runs other code.
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Abort(), this, preferLocal: false);
    }

    // Makes a fault of what the hub throws before its first await.
    private async Task RunHubAsync(ConnectionDelegate hub) => await hub(this).ConfigureAwait(false);

    private async Task<ReceiveEnd> ReceiveAsync()
    {
        try
        {
            return await _receiver.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server's pipe ends so when the client resets the connection, and on abort.
            Log.ReadFailed(_logger, ConnectionId, e);
        }
        catch (Exception e)
        {
            Log.ReadFailedUnexpectedly(_logger, ConnectionId, e);
        }

        return ReceiveEnd.Lost;
    }

    /// <summary>The client's first frame proves that it has read the server's answer to its handshake, so nothing of that is still on its way.</summary>
    private void ClientIsReady()
    {
        if (_upgraded.Socket is { } socket)
        {
            _queue.Use(new SocketWire(socket));
        }
    }

    /// <summary>The hub has ended first: what it wrote goes out, then the close frame; the client is given time to answer it.</summary>
    private async Task CloseAsync(Task<ReceiveEnd> receiving, Task running)
    {
        await _toHub.Reader.CompleteAsync().ConfigureAwait(false);
        _queue.Close(running.IsFaulted || _output.Error is not null ? CloseCode.ServerError : CloseCode.Normal);
        await _queue.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        var answered = receiving.WaitAsync(_options.Dispatcher.WebSockets.CloseTimeout);
        await ((Task)answered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answered.IsFaulted)
        {
            Log.CloseTimedOut(_logger, ConnectionId);
            _receiver.Stop();
            Abort();
        }

        Log.Ended(_logger, ConnectionId, await receiving.ConfigureAwait(false));
        await _toHub.Writer.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>The client has ended first: it gets its close frame, and the hub comes to know.</summary>
    private async Task FollowAsync(ReceiveEnd end)
    {
        Log.Ended(_logger, ConnectionId, end);
        switch (end)
        {
            case ReceiveEnd.ClientClosed:
                Features.Get<IClosedByClient>()?.Note(_receiver.ClosedWith);
                _queue.Close(CloseCode.Normal, dropsWaiting: true);
                await _toHub.Writer.CompleteAsync().ConfigureAwait(false);
                break;
            case ReceiveEnd.Violation or ReceiveEnd.InvalidText:
                _queue.Close(end == ReceiveEnd.Violation ? CloseCode.ProtocolError : CloseCode.InvalidText, dropsWaiting: true);
                await _toHub.Writer.CompleteAsync(new WebSocketException(WebSocketError.Faulted, "The client broke the WebSocket protocol.")).ConfigureAwait(false);
                break;
            default:
                _queue.Break();
                await _toHub.Writer.CompleteAsync().ConfigureAwait(false);
                break;
        }

        var drained = _queue.DrainAsync(CancellationToken.None).AsTask().WaitAsync(_options.Dispatcher.WebSockets.CloseTimeout);
        await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (drained.IsFaulted)
        {
            Abort();
        }
    }

    /// <summary>Runs what waits for a token, elsewhere: it is other people's code.</summary>
    private void Fire(CancellationTokenSource source) => ThreadPool.UnsafeQueueUserWorkItem(
        static state =>
        {
            try
            {
                state.Source.Cancel();
            }
            catch (AggregateException e)
            {
                Log.CallbackFailed(state.Connection._logger, state.Connection.ConnectionId, e);
            }
        },
        (Connection: this, Source: source),
        preferLocal: false);
}
