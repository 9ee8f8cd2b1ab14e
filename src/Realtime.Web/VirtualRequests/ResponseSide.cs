using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// The answer to a virtual request while the application makes it. It starts when the first bytes of its body are written, as
/// over HTTP; from then on status and headers stand.
/// </summary>
internal sealed class ResponseSide : IHttpResponseFeature
{
    private readonly Action _stop;
    private Stack<(Func<object, Task> Callback, object State)>? _onStarting;
    private Stack<(Func<object, Task> Callback, object State)>? _onCompleted;
    private int _status = StatusCodes.Status200OK;
    private string? _reason;

    /// <param name="most">How many bytes the body may have.</param>
    /// <param name="stop">Tells the application to stop.</param>
    public ResponseSide(int most, Action stop) => (_stop, Content) = (stop, new ResponseBody(this, most));

    /// <summary>What is written.</summary>
    public ResponseBody Content { get; }

    /// <summary>Set when the application tried what a socket cannot do: this is then the answer, whatever the application made of it.</summary>
    public RealtimeException? Refusal { get; private set; }

    public int StatusCode
    {
        get => _status;
        set => _status = HasStarted ? throw Started() : value;
    }

    public string? ReasonPhrase
    {
        get => _reason;
        set => _reason = HasStarted ? throw Started() : value;
    }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body
    {
        get => Content.Stream;
        set => throw new NotSupportedException("Set IHttpResponseBodyFeature instead.");
    }

    public bool HasStarted { get; private set; }

    public void OnStarting(Func<object, Task> callback, object state) =>
        (HasStarted ? throw Started() : _onStarting ??= new()).Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => (_onCompleted ??= new()).Push((callback, state));

    /// <summary>Fixes status and headers.</summary>
    /// <exception cref="RealtimeException">It would be a stream without an end.</exception>
    public async Task StartAsync()
    {
        if (HasStarted)
            return;
        while (_onStarting is not null && _onStarting.TryPop(out var starting))
            await starting.Callback(starting.State);
        if (Headers.ContentType.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
            throw Refuse(new(ErrorCodes.NotSupported, "This answers with a stream, which needs a connection of its own: call it over HTTP."));
        HasStarted = true;
    }

    /// <summary>Lets the application clean up: scoped services end here.</summary>
    public async Task CompleteAsync()
    {
        while (_onCompleted is not null && _onCompleted.TryPop(out var completed))
            await completed.Callback(completed.State);
    }

    /// <summary>Takes note of what cannot be done; the first reason counts.</summary>
    public RealtimeException Refuse(RealtimeException reason)
    {
        Refusal ??= reason;
        _stop();
        return reason;
    }

    private static InvalidOperationException Started() => new("The response has started: its status and its callbacks cannot be changed any more.");
}
