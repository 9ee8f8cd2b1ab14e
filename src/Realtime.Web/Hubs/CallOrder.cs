using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Hubs;

/// <summary>
/// Keeps the calls of one client in the order it sent them, each after the end of the one before, although SignalR is told to
/// run several at a time: that is for virtual requests alone (contract V-7). A client that leaves and joins again, or says two
/// things, relies on it.
/// </summary>
/// <remarks>SignalR begins calls in order, and goes on to the next when one has to wait.</remarks>
internal sealed class CallOrder : IHubFilter
{
    /// <summary>How many calls may stand in line for a client before its connection is no longer read.</summary>
    public const int Waiting = 8;

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next) =>
        invocation.HubMethodName == nameof(RealtimeHub.Request) ? next(invocation) : InTurnAsync(invocation, next);

    private static async ValueTask<object?> InTurnAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SocketLink.Of(invocation.Context).Enqueue(ended.Task);
        try
        {
            return await next(invocation);
        }
        finally
        {
            ended.SetResult();
        }
    }
}
