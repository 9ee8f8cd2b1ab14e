using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Realtime.Web.Transport.Opening;

/// <summary>
/// A request that has ended and whose connection goes on. What it said is kept in a few fields; a context is made of them when
/// somebody asks for it, with services of a scope of its own.
/// </summary>
internal sealed class PastRequest : OpeningRequest, IHttpConnectionFeature, IHttpRequestLifetimeFeature, IHttpWebSocketFeature,
    IServiceProvidersFeature
{
    // Of the framework's features, those that say something about the request and don't lead back to the server's own state.
    private static readonly Type[] Carried =
        [typeof(IAuthenticateResultFeature), typeof(IItemsFeature), typeof(ISessionFeature), typeof(ITlsConnectionFeature)];

    private readonly ConnectionContext _connection;
    private readonly IServiceScopeFactory _scopes;
    private readonly (string Scheme, string PathBase, string Path, string RawTarget, string TraceId) _said;
    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly KeyValuePair<Type, object>[] _features;
    private readonly Endpoint? _endpoint;
    private readonly RouteValueDictionary? _routeValues;
    private readonly Lock _gate = new();
    private HttpContext? _context;
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;

    /// <param name="context">The request, while it still runs.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="scopes">Makes the scope for a context.</param>
    public PastRequest(HttpContext context, ConnectionContext connection, IServiceScopeFactory scopes)
        : base(context)
    {
        (_connection, _scopes) = (connection, scopes);
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        _said = (request.Scheme, request.PathBase, request.Path, request.RawTarget, context.TraceIdentifier);
        Query = request.QueryString;
        _headers = new KeyValuePair<string, StringValues>[request.Headers.Count];
        request.Headers.CopyTo(_headers, 0);
        _features = [.. context.Features.Where(feature => IsCarried(feature.Key) && !ReferenceEquals(feature.Value, request))];
        _endpoint = context.GetEndpoint();
        // The server empties its own.
        _routeValues = context.Request.RouteValues is { Count: > 0 } values ? new RouteValueDictionary(values) : null;
        var ends = context.Connection;
        (ConnectionId, RemoteIpAddress, RemotePort) = (ends.Id, ends.RemoteIpAddress, ends.RemotePort);
        (LocalIpAddress, LocalPort) = (ends.LocalIpAddress, ends.LocalPort);
    }

    /// <inheritdoc/>
    public override string Query { get; }

    /// <inheritdoc/>
    public override IHttpConnectionFeature Ends => this;

    /// <inheritdoc/>
    public override object? EndPoints => _connection.Features.Get<IConnectionEndPointFeature>();

    /// <inheritdoc/>
    public override HttpContext Context
    {
        get
        {
            lock (_gate)
                return _context ??= CreateContext();
        }
    }

    /// <inheritdoc/>
    public string ConnectionId { get; set; }

    /// <inheritdoc/>
    public IPAddress? RemoteIpAddress { get; set; }

    /// <inheritdoc/>
    public IPAddress? LocalIpAddress { get; set; }

    /// <inheritdoc/>
    public int RemotePort { get; set; }

    /// <inheritdoc/>
    public int LocalPort { get; set; }

    /// <inheritdoc/>
    public CancellationToken RequestAborted
    {
        get => _connection.ConnectionClosed;
        set => throw new NotSupportedException("The request has ended; its connection's end cannot be replaced.");
    }

    /// <inheritdoc/>
    public IServiceProvider RequestServices
    {
        get
        {
            lock (_gate)
                return _services ??= (_scope ??= _scopes.CreateAsyncScope()).ServiceProvider;
        }

        set => _services = value;
    }

    /// <inheritdoc/>
    public bool IsWebSocketRequest => true;

    /// <inheritdoc/>
    public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => throw new InvalidOperationException("The WebSocket was accepted.");

    /// <inheritdoc/>
    public override void Abort() => _connection.Abort(new ConnectionAbortedException("The hub aborted the connection."));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        lock (_gate)
            return _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static bool IsCarried(Type feature) =>
        Array.IndexOf(Carried, feature) >= 0 || feature.Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) is not true;

    private DefaultHttpContext CreateContext()
    {
        var features = new FeatureCollection();
        foreach (var (type, feature) in _features)
            features[type] = feature;
        features.Set<IHttpRequestFeature>(CreateRequest());
        features.Set<IHttpResponseFeature>(new HttpResponseFeature { StatusCode = StatusCodes.Status101SwitchingProtocols });
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature { TraceIdentifier = _said.TraceId });
        features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = User });
        features.Set<IHttpConnectionFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IHttpWebSocketFeature>(this);
        features.Set<IServiceProvidersFeature>(this);
        features.Set<IRouteValuesFeature>(new RouteValuesFeature { RouteValues = _routeValues ?? [] });
        var context = new DefaultHttpContext(features);
        context.SetEndpoint(_endpoint);
        return context;
    }

    private HttpRequestFeature CreateRequest()
    {
        var headers = new HeaderDictionary(_headers.Length);
        foreach (var (name, value) in _headers)
            headers[name] = value;
        return new HttpRequestFeature
        {
            Protocol = HttpProtocol.Http11,
            Method = HttpMethods.Get,   // nothing else opens a WebSocket over HTTP/1.1
            Scheme = _said.Scheme,
            PathBase = _said.PathBase,
            Path = _said.Path,
            QueryString = Query,
            RawTarget = _said.RawTarget,
            Headers = headers,
        };
    }
}
