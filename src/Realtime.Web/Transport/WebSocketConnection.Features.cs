using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Opening;

namespace Realtime.Web.Transport;

/// <summary>What hubs and SignalR can ask of a connection: the same as of one that a stock transport serves.</summary>
internal sealed partial class WebSocketConnection :
    IConnectionIdFeature,
    IConnectionItemsFeature,
    IConnectionTransportFeature,
    IConnectionUserFeature,
    IConnectionHeartbeatFeature,
    IConnectionLifetimeFeature,
    IConnectionLifetimeNotificationFeature,
    IConnectionInherentKeepAliveFeature,
    ITransferFormatFeature,
    IHttpContextFeature,
    IHttpTransportFeature,
    IOpenedWith
{
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _closeRequested = new();
    private readonly Lock _heartbeatGate = new();
    private List<(Action<object> Handler, object State)>? _heartbeatHandlers;
    private IDictionary<object, object?>? _items;
    private HttpContext? _replacedContext;

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; }

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => _items ?? Interlocked.CompareExchange(ref _items, new ConnectionItems(new ConcurrentDictionary<object, object?>(concurrencyLevel: 1, capacity: 2)), null) ?? _items;
        set => _items = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <inheritdoc/>
    public override System.IO.Pipelines.IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed { get; set; }

    /// <inheritdoc/>
    public CancellationToken ConnectionClosedRequested { get; set; }

    /// <inheritdoc/>
    public ClaimsPrincipal? User { get; set; }

    /// <inheritdoc/>
    public HttpContext? HttpContext
    {
        get => _replacedContext ?? _request.Context;
        set => _replacedContext = value;
    }

    /// <inheritdoc/>
    public string Query => _request.Query;

    /// <inheritdoc/>
    public TransferFormat SupportedFormats { get; set; } = TransferFormat.Text | TransferFormat.Binary;

    /// <inheritdoc/>
    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    HttpTransportType IHttpTransportFeature.TransportType => HttpTransportType.WebSockets;

    bool IConnectionInherentKeepAliveFeature.HasInherentKeepAlive => false;

    /// <inheritdoc/>
    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_heartbeatGate)
        {
            (_heartbeatHandlers ??= new(capacity: 2)).Add((action, state));
        }
    }

    private void Beat()
    {
        lock (_heartbeatGate)
        {
            for (var i = 0; i < (_heartbeatHandlers?.Count ?? 0); i++)
            {
                var (handler, state) = _heartbeatHandlers![i];
                handler(state);
            }
        }
    }

    private object? OwnFeature(Type type)
    {
        if (type == typeof(IHttpConnectionFeature))
        {
            return _request.Ends;
        }

        if (type == typeof(IConnectionEndPointFeature))
        {
            return _request.EndPoints;
        }

        if (type == typeof(IFrameWriter))
        {
            return _queue;
        }

        var isOwn =
            type == typeof(IConnectionIdFeature) ||
            type == typeof(IConnectionItemsFeature) ||
            type == typeof(IConnectionTransportFeature) ||
            type == typeof(IConnectionUserFeature) ||
            type == typeof(IConnectionHeartbeatFeature) ||
            type == typeof(IConnectionLifetimeFeature) ||
            type == typeof(IConnectionLifetimeNotificationFeature) ||
            type == typeof(IConnectionInherentKeepAliveFeature) ||
            type == typeof(ITransferFormatFeature) ||
            type == typeof(IHttpContextFeature) ||
            type == typeof(IHttpTransportFeature) ||
            type == typeof(IOpenedWith);
        return isOwn ? this : null;
    }
}
