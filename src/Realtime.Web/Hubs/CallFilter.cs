using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Realtime.Web.Hubs;

/// <summary>
/// Stands around every call of a client. Keeps its calls in the order it sent them, each after the end of the one before, although
/// SignalR is told to run several at a time: that is for virtual requests alone (contract V-7). A client that leaves and joins
/// again, or says two things, relies on it. And turns refusals into hub errors with a code; a fault is logged and told without details.
/// </summary>
/// <remarks>SignalR begins calls in order, and goes on to the next when one has to wait.</remarks>
internal sealed partial class CallFilter(RefusalMetrics metrics, ILogger<CallFilter> logger) : IHubFilter
{
    /// <summary>How many calls may stand in line for a client before its connection is no longer read.</summary>
    public const int Waiting = 8;

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var ended = invocation.HubMethodName == nameof(RealtimeHub.Request)
            ? null
            : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (ended is not null)
            {
                var link = SocketLink.Of(invocation.Context);
                link.NoteCall();
                await link.Calls.Enqueue(ended.Task);
            }
            return await next(invocation);
        }
        catch (RealtimeException refused)
        {
            metrics.Note(refused, "hub");
            throw new HubException($"{refused.Code}: {refused.Message}");
        }
        catch (OperationCanceledException) when (invocation.Context.ConnectionAborted.IsCancellationRequested)
        {
            return null; // nobody is there to be told
        }
        catch (Exception fault) when (fault is not HubException)
        {
            Failed(logger, invocation.HubMethodName, fault);
            throw;
        }
        finally
        {
            ended?.SetResult();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The hub method {Method} failed.")]
    private static partial void Failed(ILogger logger, string method, Exception fault);
}
