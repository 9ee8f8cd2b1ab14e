using Microsoft.Extensions.Logging;

namespace Realtime.Web.Sockets;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The hook {Hook} failed for socket {Socket}, which has gone.")]
    public static partial void HookFailed(ILogger log, string hook, SocketId socket, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The hooks were not told that socket {Socket} has gone: they are too slow.")]
    public static partial void NotTold(ILogger log, SocketId socket);

    [LoggerMessage(3, LogLevel.Error, "The hook {Hook} failed for a client that wanted to connect, which was refused.")]
    public static partial void HookRefused(ILogger log, string hook, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "This node ends, and its hooks were not told within {Within} of all sockets that it had.")]
    public static partial void LeftUntold(ILogger log, TimeSpan within);
}
