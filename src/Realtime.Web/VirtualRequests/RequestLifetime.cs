using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.VirtualRequests;

/// <summary>How long a virtual request lasts: until its client is gone, its time is over, or it is stopped.</summary>
internal sealed class RequestLifetime : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly CancellationToken _gone;
    private readonly CancellationTokenSource _end;
    private volatile bool _isStopped;

    public RequestLifetime(TimeSpan limit, CancellationToken gone)
    {
        _gone = gone;
        _end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _end.CancelAfter(limit);
        RequestAborted = End = _end.Token;
    }

    /// <summary>Cancelled at the end. Middleware may put its own token into <see cref="RequestAborted"/>, not here.</summary>
    public CancellationToken End { get; }

    /// <inheritdoc/>
    public CancellationToken RequestAborted { get; set; }

    /// <summary>Whether the application took too long.</summary>
    public bool IsOverTime => End.IsCancellationRequested && !_gone.IsCancellationRequested && !_isStopped;

    /// <inheritdoc/>
    public void Abort()
    {
        _isStopped = true;
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What an application still does after its answer has nothing left to stop.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();
}
