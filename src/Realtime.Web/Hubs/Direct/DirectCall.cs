using Akka.Actor;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Realtime.Actors;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Hubs.Direct;

/// <summary>
/// One call, from where it is read to where its answer is written. It is what the session answers to: the answer is written on the
/// session's thread, behind whatever the session has written before.
/// </summary>
/// <param name="calls">What all of them work with.</param>
/// <param name="link">Whose call it is.</param>
/// <param name="invocation">What the client knows the answer by.</param>
/// <param name="method">The hub method.</param>
internal abstract partial class DirectCall(DirectCalls calls, SocketLink link, string invocation, string method) : LocalRef(calls.System)
{
    private static readonly object Over = new();

    private readonly long _begunAt = calls.Time.GetTimestamp();
    private object? _end; // who waits for it, or that it is over
    private bool _isAnswered;
    private volatile bool _isOrdinary;

    /// <summary>Whoever waits in line behind this call.</summary>
    public Task Ended
    {
        get
        {
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Interlocked.CompareExchange(ref _end, waiting, null) switch
            {
                null => waiting.Task,
                TaskCompletionSource others => others.Task,
                _ => Task.CompletedTask,
            };
        }
    }

    /// <summary>What all of them work with.</summary>
    protected DirectCalls Calls => calls;

    /// <summary>Whose call it is.</summary>
    protected SocketLink Link => link;

    /// <summary>The socket that it is about.</summary>
    protected SocketId Socket { get; } = link.Socket;

    /// <summary>Begins it. Nothing is thrown: the client gets to know what is wrong.</summary>
    public void Begin()
    {
        try
        {
            Ask();
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    /// <summary>Tells the client to try again, when its session should have answered long since.</summary>
    public void EndWhenLate()
    {
        // A session asks a room several times before it gives up: see SessionOptions.Within. The ordinary way has bounds of its own.
        if (!_isOrdinary && calls.Time.GetElapsedTime(_begunAt) > calls.Options.AnswerWithin + calls.Options.AnswerWithin)
            Fail(new RealtimeException(ErrorCodes.Unavailable, "The node of the socket did not answer in time: retry."));
    }

    /// <summary>Looks at what the client wants, and tells the session; or <see cref="FollowAsync">follows</see> the ordinary way.</summary>
    protected abstract void Ask();

    /// <summary>What the client is told.</summary>
    /// <param name="answer">What the session has answered.</param>
    protected abstract object? ResultOf(object answer);

    /// <summary>The ordinary way. The session may have gone to another node meanwhile, and be found there.</summary>
    protected abstract Task<object?> OrdinarilyAsync();

    /// <summary>Ends with the result of a task.</summary>
    protected async Task FollowAsync(Task<object?> ordinarily)
    {
        _isOrdinary = true;
        try
        {
            TryEnd(CompletionMessage.WithResult(invocation, await ordinarily));
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        try
        {
            if (message is UnknownSocket)
                _ = FollowAsync(OrdinarilyAsync());
            else
                TryEnd(CompletionMessage.WithResult(invocation, ResultOf(message)));
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    private void Fail(Exception fault)
    {
        if (fault is RealtimeException refused)
        {
            if (TryEnd(WithError($" {nameof(HubException)}: {refused.Code}: {refused.Message}")))
                calls.Metrics.Note(refused, "hub");
        }
        else
        {
            if (!(fault is OperationCanceledException && link.Connection.ConnectionAborted.IsCancellationRequested)) // nobody is there to be told
                Failed(calls.Logger, method, fault);
            TryEnd(WithError(calls.TellsDetails ? $" {fault.GetType().Name}: {fault.Message}" : string.Empty));
        }
    }

    // SignalR's own words.
    private CompletionMessage WithError(string tail) =>
        CompletionMessage.WithError(invocation, $"An unexpected error occurred invoking '{method}' on the server.{tail}");

    // False when the client has been told something else before: this comes late.
    private bool TryEnd(CompletionMessage completion)
    {
        if (Interlocked.Exchange(ref _isAnswered, true))
            return false;
        _ = WriteAsync(completion);
        return true;
    }

    // A client that does not read what it is answered has no other call served.
    private async Task WriteAsync(CompletionMessage completion)
    {
        try
        {
            await link.Connection.WriteAsync(completion);
        }
        catch (Exception fault)
        {
            Failed(calls.Logger, method, fault);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        link.Calls.Leave(this);
        if (Interlocked.Exchange(ref _end, Over) is TaskCompletionSource waiting)
            waiting.SetResult();
    }

    [LoggerMessage(1, LogLevel.Error, "The hub method {Method} failed.")]
    private static partial void Failed(ILogger logger, string method, Exception fault);
}
