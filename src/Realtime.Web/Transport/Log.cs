using Microsoft.Extensions.Logging;

namespace Realtime.Web.Transport;

/// <summary>What the transport has to say. Nothing per message.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "Connection {ConnectionId} opened, writing to {Wire}.")]
    public static partial void Opened(ILogger logger, string connectionId, string wire);

    [LoggerMessage(LogLevel.Debug, "Connection {ConnectionId} ended: {End}.")]
    public static partial void Ended(ILogger logger, string connectionId, ReceiveEnd end);

    [LoggerMessage(LogLevel.Debug, "Connection {ConnectionId} took no more bytes.")]
    public static partial void WriteFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Reading from connection {ConnectionId} failed.")]
    public static partial void ReadFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(LogLevel.Error, "Reading from connection {ConnectionId} failed.")]
    public static partial void ReadFailedUnexpectedly(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} did not take a frame within {Limit}: it is aborted.")]
    public static partial void SendTimedOut(ILogger logger, string connectionId, TimeSpan limit);

    [LoggerMessage(LogLevel.Debug, "The client of connection {ConnectionId} did not answer the close frame in time.")]
    public static partial void CloseTimedOut(ILogger logger, string connectionId);

    [LoggerMessage(LogLevel.Error, "The hub of connection {ConnectionId} failed.")]
    public static partial void HubFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(LogLevel.Error, "A callback for the end of connection {ConnectionId} failed.")]
    public static partial void CallbackFailed(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The heartbeat of connection {ConnectionId} failed.")]
    public static partial void HeartbeatFailed(ILogger logger, string connectionId, Exception exception);
}
