using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.Transport.Opening;

/// <summary>A request that lasts as long as its WebSocket: on servers, and for connections, without a <see cref="Handover"/>.</summary>
internal sealed class LiveRequest(HttpContext context) : OpeningRequest(context)
{
    // The context itself refuses to be asked as soon as the request has ended, and an abort may come late.
    private readonly IFeatureCollection _features = context.Features;

    public override string Query => Context.Request.QueryString.Value ?? string.Empty;

    public override HttpContext Context { get; } = context;

    public override IHttpConnectionFeature Ends => _features.GetRequiredFeature<IHttpConnectionFeature>();

    public override object? EndPoints => _features.Get<IConnectionEndPointFeature>();

    public override void Abort() => _features.Get<IHttpRequestLifetimeFeature>()?.Abort();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
