using Microsoft.Extensions.Logging;

namespace Realtime.Web.VirtualRequests;

/// <summary>What virtual requests have to say.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The virtual request {Method} {Path} failed.")]
    public static partial void Failed(ILogger logger, string method, string? path, Exception fault);

    [LoggerMessage(LogLevel.Warning, "The virtual request {Method} {Path} was not answered within {Limit}; it was told to stop.")]
    public static partial void TimedOut(ILogger logger, string method, string? path, TimeSpan limit);
}
