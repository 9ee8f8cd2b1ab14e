using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Realtime.Web.Hubs;

/// <summary>Turns refusals into hub errors with a code. A fault is logged here and told without details.</summary>
internal sealed partial class ErrorFilter(RefusalMetrics metrics, ILogger<ErrorFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
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
    }

    [LoggerMessage(1, LogLevel.Error, "The hub method {Method} failed.")]
    private static partial void Failed(ILogger logger, string method, Exception fault);
}
